// What cdk-nag's AwsSolutions checks find in templates that are synthesized already.
// Usage: node find.cjs TEMPLATE...; prints JSON: by template, each finding's rule and the construct that it is about.
const { readFileSync } = require('node:fs');
const { App, Aspects, LegacyStackSynthesizer, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

const app = new App({ analyticsReporting: false });
const found = {};
const stacks = new Map();
for (const [index, file] of process.argv.slice(2).entries()) {
  // A template has its bootstrapping parameters already: a stack that would add its own cannot hold it.
  const stack = new Stack(app, `Stack${index}`, { synthesizer: new LegacyStackSynthesizer() });
  new CfnInclude(stack, 'Template', { templateFile: file });
  stacks.set(stack, { file, resources: JSON.parse(readFileSync(file, 'utf8')).Resources });
  found[file] = [];
}

// Paths as the CDK gave them, without the stack and without Resource at their ends.
const pathOf = (resource) => {
  const { resources } = stacks.get(Stack.of(resource));
  const path = resources[resource.node.id].Metadata?.['aws:cdk:path'] ?? `-/${resource.node.id}`;
  return path.slice(path.indexOf('/') + 1).replace(/\/Resource$/, '');
};
const keep = (rule, resource) => found[stacks.get(Stack.of(resource)).file].push({ rule, path: pathOf(resource) });
const nothing = () => {};

Aspects.of(app).add(new AwsSolutionsChecks({
  reports: false,
  additionalLoggers: [{
    onNonCompliance: ({ ruleId, findingId, resource }) => keep(findingId ? `${ruleId}[${findingId}]` : ruleId, resource),
    // A rule that fails has not looked: that is a finding too.
    onError: ({ ruleId, resource }) => keep(`${ruleId} failed`, resource),
    onCompliance: nothing, onNotApplicable: nothing, onSuppressed: nothing, onSuppressedError: nothing,
  }],
}));
app.synth();
console.log(JSON.stringify(found));
