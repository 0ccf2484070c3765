import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sloSchemaText } from '../../../schemas/slo/json-schema.js';
import { readSloFile } from '../../../schemas/slo/read-slo-file.js';
import { repositoryRoot } from '../../support/repository-root.js';

const good = `slos:
  - id: checkout-success
    title: Checkout answers
    per: function
    where: { function: [checkout-*, pay], environment: production }
    sli: { kind: success }
    objective: 99.9%
  - id: search-fast
    title: Search is fast
    sli: { kind: latency, under: 300ms }
    objective: 0.95
    period: { calendar: month, zone: Europe/Berlin }
`;

test('SLO file: a good one is read with its defaults, and each objective knows its line', () => {
  const read = readSloFile(good, 'a.yaml');
  assert.ok(read.kind === 'ok');
  const [first, second] = read.slos;
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual([first.line, second.line], [2, 8]);
  assert.deepEqual(first.definition.objective, { parts: 999n, of: 1000n });
  assert.deepEqual(first.definition.where, { function: ['checkout-*', 'pay'], environment: ['production'] });
  assert.deepEqual(first.definition.period, { kind: 'rolling', lengthMs: 30 * 86_400_000 });
  assert.deepEqual(first.definition.sli, { kind: 'success', count: 'attempts', coldStarts: 'included' });
  assert.deepEqual(second.definition.period, { kind: 'calendar', unit: 'month', zone: 'Europe/Berlin' });
});

const slo = (changed: string) => `slos:\n  - id: a\n    title: A\n    sli: { kind: success }\n${changed}`;
const cases: { name: string; text: string; says: string }[] = [
  {
    name: 'an objective without its percent sign',
    text: slo('    objective: 99.9\n'),
    says: 'a.yaml:5: slos.0.objective must be a share such as "99.9%" or 0.999 and at most 100 %, this is 99.9; did you mean "99.9%"?',
  },
  {
    name: 'a misspelt key',
    text: slo('    objective: 99%\n    ownr: x\n'),
    says: 'a.yaml:6: unknown key "ownr" in slos.0; did you mean owner?',
  },
  {
    name: 'a zone nobody knows',
    text: slo('    objective: 99%\n    period: { calendar: month, zone: Berlin }\n'),
    says: 'a.yaml:6: slos.0.period.zone must be an IANA time zone such as "Europe/Berlin"; "Berlin" is none',
  },
  {
    name: 'an unknown kind',
    text: 'slos:\n  - id: a\n    title: A\n    objective: 99%\n    sli: { kind: sucess }\n',
    says: 'a.yaml:5: slos.0.sli.kind must be one of success, latency, error, timeout, retry, duplicate, cold-start, time-slice, custom, memory, auth-failure, metric-ratio, gauge, throttle, coverage, saturation, dependency-error, dependency-latency, dlq-growth, dlq-rate, queue-age, composite; did you mean success?',
  },
  {
    name: 'a condition that cannot be read, by its character',
    text: `slos:
  - id: a
    title: A
    objective: 99%
    sli:
      kind: custom
      good: outcome == "ok" and durationMss < 5
`,
    says: 'a.yaml:7: slos.0.sli.good at character 21, after "me == \\"ok\\" and ": there is no field "durationMss"; did you mean durationMs?',
  },
  {
    name: 'a metric chosen by what metrics do not tell',
    text: `slos:
  - id: a
    title: A
    objective: 99%
    where: { team: x }
    sli: { kind: gauge, metric: m, below: 5 }
`,
    says: 'a.yaml:5: slos.0.where.team cannot be used with gauge: it is told by function and environment',
  },
  {
    name: 'a gauge without a bound',
    text: `slos:
  - id: a
    title: A
    objective: 99%
    sli: { kind: gauge, metric: m }
`,
    says: 'a.yaml:5: slos.0.sli needs either below or above',
  },
  {
    name: 'an id twice',
    text: `${slo('    objective: 99%\n')}  - { id: a, title: B, sli: { kind: success }, objective: 99% }\n`,
    says: 'a.yaml:6: the id "a" is used more than once in this file; every SLO needs its own',
  },
  {
    name: 'an id with capitals',
    text: 'slos: [{ id: A, title: A, sli: { kind: success }, objective: 99% }]',
    says: 'a.yaml:1: slos.0.id must be lower-case letters, digits and "-", at most 80 characters, such as checkout-success',
  },
];
for (const { name, text, says } of cases) {
  test(`SLO file: ${name} is said by line`, () => {
    const read = readSloFile(text, 'a.yaml');
    assert.ok(read.kind === 'invalid');
    assert.deepEqual(
      read.problems.map((problem) => `${problem.where}: ${problem.says}`),
      [says],
    );
  });
}

test('SLO file: the published JSON Schema is the one the program has', () => {
  const published: unknown = JSON.parse(
    readFileSync(join(repositoryRoot, 'schemas/slo.schema.json'), 'utf8'),
  );
  assert.deepEqual(published, JSON.parse(sloSchemaText()));
});
