// Lints the Kubernetes manifests on standard input, and prints a line for each problem: keys and values that the API does
// not know or lacks, by its types and its schema; and what Monokle has against them: all its rules for Pod Security
// Standards, common practices and links between objects, but for those named below.
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createDefaultMonokleValidator, processRefs, ResourceParser} from '@monokle/validation';
import ts from 'typescript';
import {parse} from 'yaml';

const NOT_OURS = {
  'practices/cpu-limit': 'it would hold event loops in the middle of what they do',
  'practices/no-secret-mounted-as-env': 'the configuration takes passwords from the environment',
  'resource-links/no-missing-optional-links': 'what is optional may be missing',
};
const PLUGINS = {'pod-security-standards': true, 'practices': true, 'resource-links': true, 'yaml-syntax': true};

const texts = readFileSync(0, 'utf8').split(/^---\n/m).filter(text => text.trim());
const objects = texts.map(text => parse(text));
const problems = [];

// As JavaScript modules with the API's classes have it: v1, apps/v1, and those of the Prometheus Operator elsewhere.
const moduleOf = ({apiVersion}) => apiVersion.startsWith('monitoring.coreos.com/')
  ? '@kubernetes-models/prometheus-operator/' + apiVersion : 'kubernetes-models/' + apiVersion;

for (const object of objects) {
  try {
    const {[object.kind]: Kind} = await import(moduleOf(object));
    new Kind(object).validate();
  } catch (failure) {
    problems.push(`${object.kind} ${object.metadata?.name}: ${failure.message}`);
  }
}

// The schema lets unknown keys pass; the compiler does not.
const file = new URL(`lint-${process.pid}.ts`, import.meta.url).pathname;
writeFileSync(file, objects.map((object, i) =>
  `import {I${object.kind} as I${i}} from '${moduleOf(object)}';\nexport const o${i}: I${i} = ${JSON.stringify(object)};\n`).join(''));
try {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, skipLibCheck: true, types: []});
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    problems.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
  }
} finally {
  rmSync(file);
}

const monokle = createDefaultMonokleValidator();
await monokle.preload({plugins: PLUGINS});
const rules = Object.fromEntries(monokle.getPlugins().flatMap(({metadata, toolComponent}) =>
  toolComponent.rules.map(rule => `${metadata.name}/${rule.name}`).map(name => [name, name in NOT_OURS ? false : 'err'])));
await monokle.preload({plugins: PLUGINS, rules});
for (const name of [...monokle.getFailedPlugins(), ...Object.keys(NOT_OURS).filter(name => !(name in rules))]) {
  problems.push(`Monokle has no ${name}`);
}
const resources = objects.map((content, i) => ({
  id: `${i}`, fileId: `${i}`, filePath: `${content.kind}.yaml`, fileOffset: 0, name: content.metadata.name,
  apiVersion: content.apiVersion, kind: content.kind, content, text: texts[i]}));
processRefs(resources, new ResourceParser());
const {runs} = await monokle.validate({resources});
for (const {ruleId, message, locations} of runs.flatMap(run => run.results)) {
  // A policy names what is elsewhere: the broker, name servers.
  if (ruleId === 'LNK001' && locations[0].physicalLocation.artifactLocation.uri === 'NetworkPolicy.yaml') {
    continue;
  }
  problems.push(`${ruleId} ${locations[1]?.logicalLocations?.[0]?.fullyQualifiedName}: ${message.text}`);
}

console.log(problems.join('\n') || `${objects.length} objects are right`);
process.exit(problems.length ? 1 : 0);
