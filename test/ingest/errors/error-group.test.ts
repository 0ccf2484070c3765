import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ErrorGroup, groupOf } from '../../../ingest/errors/error-group.js';
import { stacks } from './stacks.js';

const fingerprint = ({ hashLo, hashHi }: ErrorGroup): string => `${hashHi}/${hashLo}`;
const raised = (stack: string, type = 'TypeError', message = 'boom') => ({ type, message, stack });

test('an error reads as its type, its message and where it came from', () => {
  const { title, culprit } = groupOf(
    {
      type: 'TypeError',
      message: "Cannot read properties of undefined (reading 'price')",
      stack: `TypeError: Cannot read properties of undefined (reading 'price')
    at Object.resolve (/var/task/src/handler.ts:12:7)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
    },
    'checkout',
  );
  assert.equal(title, "TypeError: Cannot read properties of undefined (reading '…') in handler.ts resolve");
  assert.equal(culprit, 'handler.ts resolve');
});

for (const { language, one, later, other, culprit } of stacks) {
  test(`${language}: the next deploy has the same group, another frame another`, () => {
    const first = groupOf(raised(one), 'f');
    assert.equal(first.culprit, culprit);
    assert.equal(fingerprint(groupOf(raised(later), 'f')), fingerprint(first));
    assert.notEqual(fingerprint(groupOf(raised(other), 'f')), fingerprint(first));
  });

  test(`${language}: another type or another message is another group`, () => {
    const first = fingerprint(groupOf(raised(one), 'f'));
    assert.notEqual(fingerprint(groupOf(raised(one, 'RangeError'), 'f')), first);
    assert.notEqual(fingerprint(groupOf(raised(one, 'TypeError', 'out of stock'), 'f')), first);
  });

  test(`${language}: lines, columns and ids in the message change nothing`, () => {
    const first = fingerprint(groupOf(raised(one, 'TypeError', 'Order 1 is gone'), 'f'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.uuid(), (line, order) => {
        const moved = one.replace(
          /(:|line )(\d+)(?=[:),\s]|$)/gm,
          (_all, before: string) => `${before}${line}`,
        );
        assert.equal(fingerprint(groupOf(raised(moved, 'TypeError', `Order ${order} is gone`), 'g')), first);
      }),
      { numRuns: 20 },
    );
  });
}

test('without a stack the function stands for the place', () => {
  const here = groupOf(raised('', '503', ''), 'checkout');
  assert.equal(here.title, 'HTTP 503 in checkout');
  assert.equal(fingerprint(here), fingerprint(groupOf(raised('', '503', ''), 'checkout')));
  assert.notEqual(fingerprint(here), fingerprint(groupOf(raised('', '503', ''), 'refunds')));
});

test('recursion is one frame, however deep it went', () => {
  const deep = (times: number) => `RangeError: deep
${'    at walk (/var/task/tree.js:3:9)\n'.repeat(times)}    at handler (/var/task/index.js:9:1)`;
  assert.equal(fingerprint(groupOf(raised(deep(1)), 'f')), fingerprint(groupOf(raised(deep(300)), 'f')));
});

test('any text has a group, of bounded words', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      (type, message, stack) => {
        const group = groupOf({ type, message, stack }, 'f');
        assert.ok(group.title.length <= 500 && group.culprit.length <= 200 && group.type !== '');
      },
    ),
  );
});

const hostile = [
  "'a".repeat(200_000),
  'a.b.'.repeat(100_000),
  `${':'.repeat(60)}g`.repeat(5000),
  `a@${'.'.repeat(200_000)}@`,
  `    at ${'('.repeat(1000)} \n`.repeat(200),
  `    at ${' ('.repeat(500)}:1\n`.repeat(200),
  `\tat ${'a.'.repeat(400)}(\n`.repeat(200),
  `   at ${'<a>d.'.repeat(200)}(\n`.repeat(200),
  `File "${'"'.repeat(900)}\n`.repeat(200),
  `${'x.go:1 '.repeat(130)}\n`.repeat(200),
  `    at ${'x ('.repeat(300)}${':1'.repeat(50)}\n`.repeat(200),
  `${'…'.repeat(200_000)}`,
];

test('hostile texts cost time in proportion to their length', () => {
  const groupAll = (): number => {
    const started = process.cpuUsage();
    for (const text of hostile) groupOf({ type: text, message: text, stack: text }, 'f');
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  groupAll();
  const spentMs = groupAll();
  // About 15 ms where it was written; a pattern that backtracks without end takes minutes.
  assert.ok(spentMs < 1500, `${hostile.length} hostile errors took ${spentMs} ms`);
});
