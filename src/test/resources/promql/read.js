/*
 * Reads PromQL from standard input with Prometheus' own grammar, an expression a line: tells of each what it names,
 * and ends with 1 at one that is none.
 */
'use strict';
const {parser} = require('@prometheus-io/lezer-promql');

const named = {metrics: [], labels: [], values: []};
const kinds = {Identifier: 'metrics', LabelName: 'labels', StringLiteral: 'values'};

for (const line of require('fs').readFileSync(0, 'utf8').split('\n').filter((it) => it.trim())) {
  parser.parse(line).iterate({
    enter(node) {
      if (node.type.isError) {
        console.error(`column ${node.from + 1} of: ${line}`);
        process.exitCode = 1;
      }
      named[kinds[node.name]]?.push(line.slice(node.from, node.to).replaceAll('"', ''));
    },
  });
}
console.log(JSON.stringify(named));
