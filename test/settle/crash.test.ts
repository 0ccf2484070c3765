import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { insertInvocations } from '../support/insert-invocations.js';
import { insertReports } from '../support/insert-reports.js';
import { openMigrated } from '../support/open-migrated.js';
import { tempDir } from '../support/temp-dir.js';
import { minuteMs, netRows, rollup, settlerUnderTest, shiftedClock } from './settle-harness.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

class Crash extends Error {}

/** Writes until the given one, which happens or does not, and then no more: as if the process had ended there. */
function crashingAt(warehouse: Warehouse, at: number, happens: boolean) {
  let writes = 0;
  const guard = async (run: () => Promise<void>): Promise<void> => {
    const number = writes++;
    if (number > at) throw new Crash();
    if (number < at || happens) await run();
    if (number === at) throw new Crash();
  };
  const crashing: Warehouse = {
    ...warehouse,
    command: (sql, params, options) => guard(() => warehouse.command(sql, params, options)),
    insertSegment: (segment, options) => guard(() => warehouse.insertSegment(segment, options)),
  };
  return { crashing, wrote: () => writes };
}

async function story(warehouse: Warehouse, name: string): Promise<void> {
  const startedAt = new Date(Date.now() - 70_000);
  const later = new Date(startedAt.getTime() + 65_000);
  await insertInvocations(warehouse, [
    { function: name, startedAt: later, invocationId: name, spanId: '00000000000000a2' },
    { function: name, startedAt: later, invocationId: name, spanId: '00000000000000a2' },
  ]);
  await insertReports(warehouse, [
    { function: name, at: startedAt, invocationId: name, outcome: 'timeout', billedMs: 7 },
    { function: name, at: new Date(later.getTime() + 11), invocationId: name, billedMs: 9 },
  ]);
}

const expected = {
  n: 2,
  retries: 1,
  duplicates: 0,
  superseded: 1,
  reported: 2,
  billedMs: 16,
  timeouts: 1,
  made: 1,
  timedByMinute: 2,
  timedByDay: 2,
};

for (const happens of [false, true]) {
  test(`a process that ends ${happens ? 'right after' : 'right before'} any of its writes corrects each row once`, async () => {
    const warehouse = opened?.warehouse;
    const path = directory?.path;
    assert.ok(warehouse !== undefined && path !== undefined);
    const clock = shiftedClock();
    for (let at = 0, crashed = true; crashed; at++) {
      assert.ok(at < 40, 'a tick has few writes');
      const name = `crash-${happens}-${at}`;
      await story(warehouse, name);
      clock.pass(3 * minuteMs);
      const { crashing } = crashingAt(warehouse, at, happens);
      crashed = await settlerUnderTest(crashing, path, clock)
        .tick()
        .then(
          () => false,
          (error: unknown) => {
            assert.ok(error instanceof Crash, String(error));
            return true;
          },
        );
      // Another process takes over, twice, as if it too had been started again.
      await settlerUnderTest(warehouse, path, clock).tick();
      await settlerUnderTest(warehouse, path, clock).tick();
      assert.deepEqual(
        (await netRows(warehouse, name)).map(({ source, attempt, reported, n }) => ({
          source,
          attempt,
          reported,
          n,
        })),
        [
          { source: 'report', attempt: 1, reported: true, n: 1 },
          { source: 'span', attempt: 2, reported: true, n: 1 },
        ],
        `write ${at}`,
      );
      assert.deepEqual(await rollup(warehouse, name), expected, `write ${at}`);
    }
  });
}
