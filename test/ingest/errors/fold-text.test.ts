import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldText } from '../../../ingest/errors/fold-text.js';

const cases: readonly [said: string, folded: string][] = [
  [
    "Cannot read properties of undefined (reading 'price')",
    "Cannot read properties of undefined (reading '…')",
  ],
  ['connect ECONNREFUSED 10.0.3.17:5432', 'connect ECONNREFUSED …'],
  ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED …'],
  ['connect ECONNREFUSED fe80::abcd', 'connect ECONNREFUSED …'],
  ['getaddrinfo ENOTFOUND db.internal', 'getaddrinfo ENOTFOUND db.internal'],
  ['Order 12345 cannot be changed any more', 'Order … cannot be changed any more'],
  ['no item 3f2504e0-4f89-11d3-9a0c-0305e82c3301 here', 'no item … here'],
  ['no item aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee here', 'no item … here'],
  [
    'RequestId: 8b0a1a Error: Task timed out after 3.00 seconds',
    'RequestId: … Error: Task timed out after … seconds',
  ],
  ['pointer 0xdeadBEEF is bad', 'pointer … is bad'],
  ['mail to ada.l+x@example.com bounced.', 'mail to … bounced.'],
  ['GET https://api.example.com/v1/a?b=c failed', 'GET … failed'],
  [
    'ENOENT: no such file or directory, open /tmp/up-92/a.txt',
    'ENOENT: no such file or directory, open /tmp/…/a.txt',
  ],
  ['/users/42/orders not found', '/users/…/orders not found'],
  ['at 2026-11-20T10:11:12.123Z the lease ended', 'at … the lease ended'],
  ["can't open it, won't try", "can't open it, won't try"],
  ['unbalanced "quote stays', 'unbalanced "quote stays'],
  ['Missing keys: 1, 2, 3, 44', 'Missing keys: …'],
  ['S3 said utf-8 is fine', 'S3 said utf-8 is fine'],
  ['two\n  lines\tof text', 'two lines of text'],
  ['grüße von Ähre 7', 'grüße von Ähre …'],
  ['key "" is empty', 'key "" is empty'],
  ['', ''],
];

for (const [said, expected] of cases) {
  test(`foldText: ${JSON.stringify(said)}`, () => assert.equal(foldText(said), expected));
}

const id = fc.oneof(
  fc.uuid(),
  fc.integer({ min: 0 }).map(String),
  fc.stringMatching(/^[0-9a-f]{12}$/).filter((text) => /\d/.test(text)),
  fc.ipV4(),
  fc.stringMatching(/^req-[a-z0-9]{8}[0-9]$/),
  fc
    .tuple(fc.stringMatching(/^[a-z]{3,9}$/), fc.stringMatching(/^[a-z]{3,9}$/))
    .map(([a, b]) => `${a}@${b}.example`),
);
const around = fc.constantFrom(
  (text: string) => `Order ${text} is gone`,
  (text: string) => `cannot find '${text}' in the table`,
  (text: string) => `failed: ${text}.`,
  (text: string) => `(${text}) went away, retry`,
  (text: string) => `path /orders/${text.replaceAll('/', '')}7 is closed`,
);

test('foldText: another id in the same place reads the same', () => {
  fc.assert(
    fc.property(around, id, id, (say, one, other) => {
      assert.equal(foldText(say(one)), foldText(say(other)));
    }),
  );
});

test('foldText: any text is folded, and is bounded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const once = foldText(text);
      assert.ok(once.length <= 300);
    }),
  );
});
