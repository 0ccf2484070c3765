import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxWindowMs, windowOf } from '../../../query/functions/window-of.js';
import { Instant } from '../../../schemas/instant.js';

const now = new Date('2026-11-01T12:00:00.000Z');
const at = (iso: string) => new Date(iso);

test('windowOf: without anything it is the last hour', () => {
  const hourAgo = at('2026-11-01T11:00:00.000Z');
  assert.deepEqual(windowOf({}, now), { kind: 'window', from: hourAgo, to: now });
});

test('windowOf: windowMs reaches back from to, and to is now when left out', () => {
  const to = at('2026-10-01T00:00:00.000Z');
  assert.deepEqual(windowOf({ to, windowMs: 60_000 }, now), {
    kind: 'window',
    from: at('2026-09-30T23:59:00.000Z'),
    to,
  });
});

test('windowOf: the longest window is answered and one millisecond more is not', () => {
  const from = new Date(now.getTime() - maxWindowMs);
  assert.equal(windowOf({ from }, now).kind, 'window');
  assert.equal(windowOf({ from: new Date(from.getTime() - 1) }, now).kind, 'refused');
});

const refusals = [
  {
    name: 'from after to',
    request: { from: at('2026-11-01T11:00:00Z'), to: at('2026-11-01T10:00:00Z') },
    says: /must be before to/,
  },
  {
    name: 'an empty window',
    request: { from: at('2026-11-01T10:00:00Z'), to: at('2026-11-01T10:00:00Z') },
    says: /must be before to/,
  },
  { name: 'from in the future', request: { from: at('2027-01-01T00:00:00Z') }, says: /must be before now/ },
  { name: 'two starts', request: { from: at('2026-11-01T11:00:00Z'), windowMs: 5 }, says: /not both/ },
  {
    name: 'seconds taken for milliseconds',
    request: { from: new Date(1_793_000_000) },
    says: /days long; at most 31/,
  },
];
for (const { name, request, says } of refusals)
  test(`windowOf refuses ${name} with a sentence`, () => {
    const verdict = windowOf(request, now);
    assert.ok(verdict.kind === 'refused');
    assert.match(verdict.reason, says);
  });

const instants: [string | number, string][] = [
  ['1793534400000', '2026-11-01T12:00:00.000Z'],
  [1793534400000, '2026-11-01T12:00:00.000Z'],
  ['2026-11-01T12:00:00Z', '2026-11-01T12:00:00.000Z'],
  ['2026-11-01T12:00:00.123456789Z', '2026-11-01T12:00:00.123Z'],
  ['2026-11-01T14:00:00+02:00', '2026-11-01T12:00:00.000Z'],
  ['2026-11-01T14:00:00 02:00', '2026-11-01T12:00:00.000Z'],
];
for (const [text, iso] of instants)
  test(`Instant reads ${text}`, () => assert.equal(Instant.parse(text).toISOString(), iso));

for (const text of [
  '',
  'yesterday',
  '2026-11-01',
  '2026-11-01T12:00:00',
  '2026-13-01T12:00:00Z',
  '-1',
  '1e3',
  '99999999999999',
])
  test(`Instant refuses "${text}" with a sentence`, () => {
    const result = Instant.safeParse(text);
    assert.ok(!result.success);
    assert.match(result.error.issues[0]?.message ?? '', /instant|exists|outside/);
  });
