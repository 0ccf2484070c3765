import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemTexts } from './support/problem-texts.js';

const sizeExpected =
  'must be a size such as "64 MiB" (B, KiB, MiB, GiB, TiB, kB, MB, GB or TB), or a number of bytes';
const durationExpected =
  'must be a duration such as "400ms", "30s", "15m", "12h" or "30d", or a number of milliseconds';
const roles = 'ingest, query, alerting, dashboards';

const fileSentences: { yaml: string; says: string[] }[] = [
  // Values.
  { yaml: 'clickhouse: 5', says: ['c.yaml:1: clickhouse must be a map of settings, indented below it'] },
  { yaml: 'listen: {http: 8080}', says: ['c.yaml:1: listen.http must be text such as "127.0.0.1:8080"'] },
  {
    yaml: 'listen: {http: "8080"}',
    says: ['c.yaml:1: listen.http must say which address too: "127.0.0.1:8080"'],
  },
  { yaml: 'dataDir: 5', says: ['c.yaml:1: dataDir must be text'] },
  { yaml: 'dataDir: ""', says: ['c.yaml:1: dataDir must not be empty'] },
  { yaml: 'dataDir: ~/data', says: ['c.yaml:1: dataDir is not expanded from "~"; write the whole path'] },
  {
    yaml: 'dataDir: "a\\0b"',
    says: ['c.yaml:1: dataDir must not hold a line break or another control character'],
  },
  {
    yaml: 'log: {level: inof}',
    says: [
      'c.yaml:1: log.level is "inof", which is not one of trace, debug, info, warn, error, fatal; did you mean "info"?',
    ],
  },
  { yaml: 'log: {format: 1}', says: ['c.yaml:1: log.format must be one of auto, json, pretty'] },
  {
    yaml: 'retention:\n  latency_1h: 900d',
    says: [
      'c.yaml:1: retention.latency_1d must be at least 900d, as long as latency_1h, because long windows are read from it',
    ],
  },
  {
    yaml: 'retention:\n  tenants:\n    acme: { provider_counts: 400d }',
    says: [
      'c.yaml:3: retention.tenants.acme.counted_1h must be at least 400d, as long as provider_counts, because long windows are read from it',
    ],
  },
  { yaml: 'roles: ingest', says: ['c.yaml:1: roles must be a list such as [ingest, query]'] },
  { yaml: 'roles: []', says: ['c.yaml:1: roles must name at least one role'] },
  { yaml: 'roles: [query, query]', says: ['c.yaml:1: roles names a role twice'] },
  {
    yaml: 'roles:\n  - query\n  - ingset',
    says: [`c.yaml:3: roles.1 is "ingset", which is not one of ${roles}; did you mean "ingest"?`],
  },
  {
    yaml: 'ingest: {classification: {senders: [{services: [a], read: {funtion: [x]}}]}}',
    says: ['c.yaml:1: unknown key "funtion" in ingest.classification.senders.0.read; did you mean function?'],
  },
  {
    yaml: 'ingest: {classification: {senders: [{set: {function: a}}]}}',
    says: ['c.yaml:1: ingest.classification.senders.0 must say whom it is about: services, resource or both'],
  },
  {
    yaml: 'ingest: {classification: {senders: [{services: [a], count: {}}]}}',
    says: [
      'c.yaml:1: ingest.classification.senders.0.count must say which spans count: names, kinds or both',
    ],
  },
  {
    yaml: 'ingest: {classification: {outcomes: [{functions: [a], httpErrors: [6xxx]}]}}',
    says: [
      'c.yaml:1: ingest.classification.outcomes.0.httpErrors.0 must be a status such as 429, a class such as 5xx or a range such as 400-403',
    ],
  },
  {
    yaml: 'ingest: {classification: {outcomes: [{functions: [a], httpErrors: [500-400]}]}}',
    says: [
      'c.yaml:1: ingest.classification.outcomes.0.httpErrors.0 must be a range whose first status is the smaller one',
    ],
  },
  {
    yaml: 'ingest: {attribution: {tags: cost}}',
    says: ['c.yaml:1: ingest.attribution.tags must be a list of attribute keys'],
  },
  { yaml: 'ingest: {maxBodyBytes: lots}', says: [`c.yaml:1: ingest.maxBodyBytes ${sizeExpected}`] },
  { yaml: 'ingest: {maxBodyBytes: 10}', says: ['c.yaml:1: ingest.maxBodyBytes must be at least 1 KiB'] },
  {
    yaml: 'ingest: {maxBodyBytes: 99999999999 TiB}',
    says: ['c.yaml:1: ingest.maxBodyBytes must be fewer bytes than a computer can count'],
  },
  { yaml: 'ingest: {insertEveryMs: soon}', says: [`c.yaml:1: ingest.insertEveryMs ${durationExpected}`] },
  {
    yaml: 'ingest: {insertEveryMs: 2h}',
    says: ['c.yaml:1: ingest.insertEveryMs must be between 10ms and 1m'],
  },
  {
    yaml: 'limits: {memoryBytes: all}',
    says: ['c.yaml:1: limits.memoryBytes must be "auto" or a size such as "2 GiB"'],
  },
  { yaml: 'limits: {memoryBytes: 1 MiB}', says: ['c.yaml:1: limits.memoryBytes must be at least 256 MiB'] },
  {
    yaml: 'limits: {query: {concurrent: 0}}',
    says: ['c.yaml:1: limits.query.concurrent must be "auto" or a whole number from 1 to 64'],
  },
  {
    yaml: 'limits: {query: {concurrent: many}}',
    says: ['c.yaml:1: limits.query.concurrent must be "auto" or a whole number from 1 to 64'],
  },
  { yaml: 'disk: {warnFreeRatio: 15}', says: ['c.yaml:1: disk.warnFreeRatio must be between 0 and 1'] },
  {
    yaml: 'disk: {warnFreeRatio: 15%}',
    says: ['c.yaml:1: disk.warnFreeRatio must be a number between 0 and 1'],
  },
  {
    yaml: 'clickhouse: {url: "localhost:8123"}',
    says: ['c.yaml:1: clickhouse.url must start with http:// or https://, not localhost://'],
  },
  {
    yaml: 'clickhouse: {url: clickhouse}',
    says: ['c.yaml:1: clickhouse.url must be an address such as "http://localhost:8123"'],
  },
  {
    yaml: 'clickhouse: {url: "tcp://c:9000"}',
    says: ['c.yaml:1: clickhouse.url must start with http:// or https://, not tcp://'],
  },
  {
    yaml: 'clickhouse: {url: "http://u:p@c:1"}',
    says: [
      'c.yaml:1: clickhouse.url must not hold a user or password; put them into clickhouse.user and clickhouse.password',
    ],
  },
  {
    yaml: 'clickhouse: {url: "http://c:1/db"}',
    says: ['c.yaml:1: clickhouse.url must not hold a path; put the database into clickhouse.database'],
  },
  {
    yaml: 'clickhouse: {url: "http://c:1/?user=x"}',
    says: ['c.yaml:1: clickhouse.url must end before any "?" or "#"'],
  },
  {
    yaml: 'clickhouse: {database: "a-b"}',
    says: [
      'c.yaml:1: clickhouse.database must be letters, digits and underscores, not starting with a digit',
    ],
  },
  {
    yaml: 'clickhouse: {password: 12345}',
    says: ['c.yaml:1: clickhouse.password must be text (in quotes), or {file: PATH}, or {env: NAME}'],
  },
  {
    yaml: 'clickhouse: {password: {}}',
    says: ['c.yaml:1: clickhouse.password must have either file or env inside'],
  },
  {
    yaml: 'clickhouse: {password: {file: a, env: b}}',
    says: ['c.yaml:1: clickhouse.password must have either file or env inside'],
  },
  {
    yaml: 'clickhouse: {password: {env: PW}}',
    says: ['c.yaml:1: clickhouse.password points at the environment name PW, which is not set'],
  },
  {
    yaml: 'clickhouse: {password: {file: pw}}',
    says: ['c.yaml:1: clickhouse.password points at pw, which cannot be read: files are not read here'],
  },
  {
    yaml: 'telemetry: {headers: [a]}',
    says: ['c.yaml:1: telemetry.headers must be a map of header names to values'],
  },
  {
    yaml: 'telemetry: {headers: {"a b": x}}',
    says: ['c.yaml:1: telemetry.headers.a b must be a valid HTTP header name'],
  },
  // Settings that contradict each other.
  {
    yaml: 'clickhouse: {cluster: main}',
    says: [
      'c.yaml:1: clickhouse.cluster needs clickhouse.url (COLDBURN_CLICKHOUSE_URL): only a server can be part of a cluster, the embedded engine cannot',
    ],
  },
  {
    yaml: 'disk:\n  warnFreeRatio: 0.01',
    says: [
      'c.yaml:2: disk.warnFreeRatio (0.01) is below disk.stopFreeRatio (0.05): it would stop before it warns',
    ],
  },
  {
    yaml: 'listen:\n  http: "127.0.0.1:9"\n  otlpHttp: "0.0.0.0:9"',
    says: ['c.yaml:3: listen.otlpHttp takes the same address as listen.http; give it a port of its own'],
  },
  ...['http://127.0.0.1:4318', 'http://localhost:4318/', 'http://[::1]:4318'].map((endpoint) => ({
    yaml: `telemetry: {endpoint: "${endpoint}"}`,
    says: [
      "c.yaml:1: telemetry.endpoint is this Coldburn's own receiver (listen.otlpHttp): tracing that would never end; send them to another one",
    ],
  })),
];
for (const { yaml, says } of fileSentences) {
  test(`parseConfig: the file ${JSON.stringify(yaml.slice(0, 50))}`, () =>
    assert.deepEqual(problemTexts(yaml), says));
}
