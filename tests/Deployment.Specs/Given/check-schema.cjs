// Checks every resource of CloudFormation templates against AWS's own specification of its properties: names, types, required ones, allowed values.
// Usage: node check-schema.cjs TEMPLATE...; prints {"TEMPLATE": ["finding", …]}.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { loadAwsServiceSpecSync } = createRequire(`${process.cwd()}/`)('@aws-cdk/aws-service-spec');

const spec = loadAwsServiceSpecSync();
const isFunction = (value) =>
  value && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 1 && /^(Ref|Fn::.+)$/.test(Object.keys(value)[0]);

function check(value, type, at, findings) {
  if (isFunction(value)) return;
  switch (type.type) {
    case 'string':
      if (!['string', 'number', 'boolean'].includes(typeof value)) findings.push(`${at}: a text is needed`);
      else if (type.allowedValues && !type.allowedValues.includes(String(value))) findings.push(`${at}: '${value}' is none of ${type.allowedValues.join(', ')}`);
      break;
    case 'boolean':
      if (typeof value !== 'boolean' && !['true', 'false'].includes(value)) findings.push(`${at}: true or false is needed`);
      break;
    case 'integer':
    case 'number':
      if (Number.isNaN(Number(value)) || typeof value === 'object') findings.push(`${at}: a number is needed`);
      break;
    case 'array':
      if (!Array.isArray(value)) findings.push(`${at}: a list is needed`);
      else value.forEach((item, index) => check(item, type.element, `${at}.${index}`, findings));
      break;
    case 'map':
      if (typeof value !== 'object' || Array.isArray(value)) findings.push(`${at}: a map is needed`);
      else Object.entries(value).forEach(([key, item]) => check(item, type.element, `${at}.${key}`, findings));
      break;
    case 'ref':
      checkProperties(value, spec.get('typeDefinition', type.reference.$ref).properties, at, findings);
      break;
    case 'union': {
      const results = type.types.map((one) => { const found = []; check(value, one, at, found); return found; });
      if (!results.some((found) => found.length === 0)) findings.push(...results[0]);
      break;
    }
    case 'tag':
      if (typeof value?.Key !== 'string') findings.push(`${at}: a tag is needed`);
      break;
    default:
  }
}

function checkProperties(value, properties, at, findings) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return findings.push(`${at}: an object is needed`);
  for (const [name, item] of Object.entries(value)) {
    if (properties[name]) check(item, properties[name].type, `${at}.${name}`, findings);
    else findings.push(`${at}.${name}: there is no such property`);
  }
  for (const [name, property] of Object.entries(properties))
    if (property.required && value[name] === undefined) findings.push(`${at}.${name}: is required`);
}

function checkTemplate(template) {
  const findings = [];
  for (const [id, { Type: type, Properties: value = {} }] of Object.entries(template.Resources)) {
    if (type.startsWith('Custom::')) continue;
    const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
    if (!resource) findings.push(`${id}: there is no such type as ${type}`);
    else checkProperties(value, resource.properties, id, findings);
  }
  return findings;
}

const files = process.argv.slice(2);
console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, checkTemplate(JSON.parse(readFileSync(file, 'utf8')))]))));
