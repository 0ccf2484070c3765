import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatByteSize, parseByteSize, roughByteSize } from '../../../schemas/config/byte-size.js';
import { formatDuration, parseDuration } from '../../../schemas/config/duration.js';
import { formatHostPort, isLoopback, parseHostPort } from '../../../schemas/config/host-port.js';

const sizes = [
  { text: '64 MiB', bytes: 67_108_864 },
  { text: '64MiB', bytes: 67_108_864 },
  { text: '1.5 GiB', bytes: 1_610_612_736 },
  { text: '2 GB', bytes: 2_000_000_000 },
  { text: '10 kB', bytes: 10_000 },
  { text: '10 KB', bytes: 10_000 },
  { text: '1 TiB', bytes: 1_099_511_627_776 },
  { text: '512', bytes: 512 },
  { text: '0', bytes: 0 },
  { text: '', bytes: null },
  { text: 'MiB', bytes: null },
  { text: '-1 MiB', bytes: null },
  { text: '64 mib', bytes: null },
  { text: '64 Mb', bytes: null },
  { text: '1e3', bytes: null },
  { text: '64  MiB', bytes: null },
];
for (const { text, bytes } of sizes) {
  test(`parseByteSize: "${text}" is ${bytes}`, () => assert.equal(parseByteSize(text), bytes));
}
test('formatByteSize: what it writes reads back exactly', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (bytes) => assert.equal(parseByteSize(formatByteSize(bytes)), bytes)),
  );
  assert.equal(formatByteSize(67_108_864), '64 MiB');
  assert.equal(formatByteSize(1000), '1000 B');
});
test('roughByteSize: one decimal for people', () => {
  assert.deepEqual([0, 1023, 1536, 2 ** 30 * 4, 2 ** 30 * 123.4].map(roughByteSize), [
    '0 B',
    '1023 B',
    '1.5 KiB',
    '4 GiB',
    '123 GiB',
  ]);
});

const durations = [
  { text: '400ms', ms: 400 },
  { text: '30s', ms: 30_000 },
  { text: '1.5 h', ms: 5_400_000 },
  { text: '15m', ms: 900_000 },
  { text: '30d', ms: 2_592_000_000 },
  { text: '250', ms: 250 },
  { text: '', ms: null },
  { text: '30 days', ms: null },
  { text: '-1s', ms: null },
  { text: '1h30m', ms: null },
];
for (const { text, ms } of durations) {
  test(`parseDuration: "${text}" is ${ms}`, () => assert.equal(parseDuration(text), ms));
}
test('formatDuration: what it writes reads back exactly', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (ms) => assert.equal(parseDuration(formatDuration(ms)), ms)));
  assert.deepEqual([0, 400, 30_000, 43_200_000].map(formatDuration), ['0ms', '400ms', '30s', '12h']);
});

const addresses = [
  { text: '127.0.0.1:8080', host: '127.0.0.1', port: 8080, loopback: true },
  { text: 'localhost:8080', host: 'localhost', port: 8080, loopback: true },
  { text: '[::1]:8080', host: '::1', port: 8080, loopback: true },
  { text: '[::]:0', host: '::', port: 0, loopback: false },
  { text: '0.0.0.0:65535', host: '0.0.0.0', port: 65_535, loopback: false },
  { text: 'coldburn.internal:80', host: 'coldburn.internal', port: 80, loopback: false },
  { text: '[2001:db8::7]:4317', host: '2001:db8::7', port: 4317, loopback: false },
];
for (const { text, host, port, loopback } of addresses) {
  test(`parseHostPort: ${text}`, () => {
    const parsed = parseHostPort(text);
    assert.deepEqual(parsed, { host, port });
    assert.equal(formatHostPort({ host, port }), text);
    assert.equal(isLoopback({ host, port }), loopback);
  });
}

const refused = [
  { text: '8080', problem: 'must say which address too: "127.0.0.1:8080"' },
  {
    text: ':8080',
    problem:
      'must say which address: "127.0.0.1:8080" for this machine alone, "0.0.0.0:8080" for every network',
  },
  {
    text: '*:8080',
    problem:
      'must say which address: "127.0.0.1:8080" for this machine alone, "0.0.0.0:8080" for every network',
  },
  { text: '::1:8080', problem: 'must put an IPv6 address in brackets, such as "[::1]:8080"' },
  { text: '::1', problem: 'must put an IPv6 address in brackets, such as "[::1]:8080"' },
  { text: '[::g]:8080', problem: 'has no valid host in "[::g]:8080"; write one such as "127.0.0.1:8080"' },
  {
    text: '256.0.0.1:80',
    problem: 'has no valid host in "256.0.0.1:80"; write one such as "127.0.0.1:8080"',
  },
  { text: '', problem: 'has no valid host in ""; write one such as "127.0.0.1:8080"' },
  { text: 'localhost', problem: 'has no port in "localhost"; add one, such as ":8080"' },
  { text: 'localhost:', problem: 'has no port in "localhost:"; add one, such as ":8080"' },
  { text: '[::1]', problem: 'has no port in "[::1]"; add one, such as ":8080"' },
  { text: 'localhost:65536', problem: 'has port "65536", which is not a number from 0 to 65535' },
  { text: 'localhost:-1', problem: 'has port "-1", which is not a number from 0 to 65535' },
  { text: 'localhost:http', problem: 'has port "http", which is not a number from 0 to 65535' },
  { text: 'http://localhost:8080', problem: 'must be host:port without "http://"' },
];
for (const { text, problem } of refused) {
  test(`parseHostPort: refuses "${text}"`, () => assert.deepEqual(parseHostPort(text), { problem }));
}
