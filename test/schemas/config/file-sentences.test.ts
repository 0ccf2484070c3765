import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemTexts } from './support/problem-texts.js';

const mapExpected = 'the file must be a map such as "dataDir: ./data", this is';

const fileSentences: { yaml: string; says: string[] }[] = [
  // The file as a whole.
  { yaml: '- a\n- b', says: [`c.yaml:1: ${mapExpected} a list`] },
  { yaml: '\n\nhello', says: [`c.yaml:3: ${mapExpected} a single value`] },
  { yaml: 'log:\n\tlevel: info', says: ['c.yaml:2: a tab is used for indentation; use spaces'] },
  { yaml: 'dataDir: "x', says: ['c.yaml:1: a closing quote, a bracket, or a ":" after a key is missing'] },
  {
    yaml: 'roles: [ingest',
    says: ['c.yaml:1: the indentation does not fit the lines above, or a bracket above is not closed'],
  },
  {
    yaml: 'dataDir: a\n---\ndataDir: b',
    says: ['c.yaml:2: a second YAML document starts here (---); keep everything in one'],
  },
  { yaml: '['.repeat(60), says: ['c.yaml:1: it is nested too deep'] },
  {
    yaml: `listen: ${'{a: '.repeat(25)}1${'}'.repeat(25)}`,
    says: [
      'c.yaml:1: it is nested too deep, or repeats itself through aliases',
      'c.yaml:1: unknown key "a" in listen; did you mean http?',
    ],
  },
  {
    yaml: 'dataDir: a\nlog: {level: info}\ndataDir: b',
    says: ['c.yaml:3: key "dataDir" was already given in line 1; keep one'],
  },
  {
    yaml: 'log:\n  level: info\n  level: warn',
    says: ['c.yaml:3: key "level" in log was already given in line 2; keep one'],
  },
  {
    yaml: 'dataDir: *nowhere',
    says: [
      'c.yaml:1: a value that starts with * is an alias, and this one is not defined above; put it in quotes to mean text',
    ],
  },
  {
    yaml: 'listen: &l\n  http: *l',
    says: [
      'c.yaml:2: it is nested too deep, or repeats itself through aliases',
      'c.yaml:2: listen.http must be text such as "127.0.0.1:8080"',
    ],
  },
  { yaml: 'log:\n  <<: [1]', says: ['c.yaml:2: "<<" can only merge maps'] },
  { yaml: '? [a]\n: b', says: ['c.yaml:1: a key is not text'] },
  // Unknown keys.
  { yaml: 'log:\n  levle: info', says: ['c.yaml:2: unknown key "levle" in log; did you mean level?'] },
  {
    yaml: 'limits:\n  query:\n    time: 1s',
    says: ['c.yaml:3: unknown key "time" in limits.query; did you mean timeMs?'],
  },
  {
    yaml: 'otlpGrpc: "[::1]:1"',
    says: ['c.yaml:1: unknown key "otlpGrpc"; did you mean otlpGrpc inside listen?'],
  },
  {
    yaml: 'listen.http: "[::1]:1"',
    says: ['c.yaml:1: unknown key "listen.http"; did you mean http inside listen?'],
  },
  { yaml: 'Listen: {}', says: ['c.yaml:1: unknown key "Listen"; did you mean listen?'] },
  { yaml: 'foo:', says: ['c.yaml:1: unknown key "foo"; did you mean log?'] },
  { yaml: '__proto__: {}', says: ['c.yaml:1: unknown key "__proto__"; did you mean roles?'] },
  {
    yaml: 'clickhouse:\n  password:\n    fil: x\n    file: y',
    says: ['c.yaml:3: unknown key "fil" in clickhouse.password; did you mean file?'],
  },
];
for (const { yaml, says } of fileSentences) {
  test(`parseConfig: the file ${JSON.stringify(yaml.slice(0, 50))}`, () =>
    assert.deepEqual(problemTexts(yaml), says));
}
