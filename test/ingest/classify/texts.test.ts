import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { archName } from '../../../ingest/classify/arch.js';
import { ageMs } from '../../../ingest/classify/event-time.js';
import { matchesGlob } from '../../../ingest/classify/rules/glob.js';
import { triggerName } from '../../../ingest/classify/trigger.js';

const startMs = Date.UTC(2026, 10, 20, 12);

const times: { text: string; expected: number | null }[] = [
  { text: '2026-11-20T11:59:58.500Z', expected: 1500 },
  { text: '2026-11-20T12:59:58+01:00', expected: 2000 },
  { text: String(startMs / 1000 - 3), expected: 3000 },
  { text: String(startMs - 4), expected: 4 },
  { text: `${startMs - 4}000`, expected: 4 },
  { text: `${startMs - 4}000000`, expected: 4 },
  { text: String(startMs + 59_000), expected: 0 },
  { text: String(startMs + 61_000), expected: null },
  { text: '1000000000', expected: 0xffff_ffff },
  { text: 'yesterday', expected: null },
  { text: '42', expected: null },
];
for (const { text, expected } of times) {
  test(`the age of an event of ${text}`, () => {
    assert.equal(ageMs(text, startMs), expected);
  });
}

test('names of processors and triggers: as the convention has them, others as they came', () => {
  assert.deepEqual(['AMD64', 'x64', 'aarch64', 'arm64', 'riscv64'].map(archName), [
    'x86_64',
    'x86_64',
    'arm64',
    'arm64',
    'riscv64',
  ]);
  assert.deepEqual(['httpTrigger', 'cron', 'sqs', 'blobTrigger', 'email'].map(triggerName), [
    'http',
    'timer',
    'pubsub',
    'datasource',
    'email',
  ]);
});

test('globs: match what the same regular expression matches', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 12 });
  fc.assert(
    fc.property(few, few, (pattern, text) => {
      const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      assert.equal(matchesGlob(pattern, text), new RegExp(`^${source}$`).test(text));
    }),
  );
});

test('globs: many stars and a long name take no time to speak of', () => {
  assert.equal(matchesGlob('*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000)), false);
});
