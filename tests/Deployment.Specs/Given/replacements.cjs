// Prints which properties have CloudFormation replace a resource when they change, by AWS's own specification: {"AWS::EC2::Volume": {"Size": "no", …}, …}.
// Usage: node replacements.cjs TYPE...
const { createRequire } = require('node:module');
const { loadAwsServiceSpecSync } = createRequire(`${process.cwd()}/`)('@aws-cdk/aws-service-spec');

const spec = loadAwsServiceSpecSync();
const answer = {};
for (const type of process.argv.slice(2)) {
  const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
  if (resource) answer[type] = Object.fromEntries(Object.entries(resource.properties).map(([name, property]) => [name, property.causesReplacement ?? 'no']));
}
console.log(JSON.stringify(answer));
