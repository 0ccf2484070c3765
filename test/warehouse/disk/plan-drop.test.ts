import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DropGoal, type Partition, planDrop } from '../../../warehouse/disk/plan-drop.js';

const part = (table: string, id: string): Partition => ({ table, id, bytes: 10, rowCount: 1 });
const partitions = [
  part('spans', '20260103'),
  part('invocations', '20260101'),
  part('spans', '20260101'),
  part('invocations', '20260102'),
  part('spans', '20260102'),
  part('keys', '20250101'),
];
const tables = ['spans', 'invocations'];

const cases: { name: string; goal: DropGoal; free: number; expected: string[] }[] = [
  {
    name: 'the oldest day first, and of one day what was named first',
    goal: { kind: 'count', count: 3 },
    free: 0,
    expected: ['spans 20260101', 'invocations 20260101', 'spans 20260102'],
  },
  {
    name: 'the newest of a table stays, however much is asked',
    goal: { kind: 'count', count: 99 },
    free: 0,
    expected: ['spans 20260101', 'invocations 20260101', 'spans 20260102'],
  },
  {
    name: 'no more than the room asked for',
    goal: { kind: 'freeBytes', freeBytes: 25 },
    free: 10,
    expected: ['spans 20260101', 'invocations 20260101'],
  },
  { name: 'nothing when there is room', goal: { kind: 'freeBytes', freeBytes: 25 }, free: 25, expected: [] },
];
for (const { name, goal, free, expected } of cases)
  test(`planDrop: ${name}`, () => {
    const chosen = planDrop(partitions, goal, free, tables);
    assert.deepEqual(
      chosen.map(({ table, id }) => `${table} ${id}`),
      expected,
    );
  });

test('planDrop: a month is as young as its last day', () => {
  const mixed = [part('a', '202601'), part('a', '202602'), part('b', '20260130'), part('b', '20260301')];
  const chosen = planDrop(mixed, { kind: 'count', count: 2 }, 0, ['a', 'b']);
  assert.deepEqual(
    chosen.map(({ id }) => id),
    ['20260130', '202601'],
  );
});
