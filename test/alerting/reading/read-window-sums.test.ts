import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { readLedger } from '../../../alerting/reading/read-ledger.js';
import { readWhatIf } from '../../../alerting/reading/read-what-if.js';
import { readWindowSums } from '../../../alerting/reading/read-window-sums.js';
import { Tenant } from '../../../schemas/access.js';
import { shapeOf } from '../../../schemas/slo/write-slo.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { ledgerUnderTest, putSlo, tickUntilFilled } from '../ledger/ledger-harness.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const now = new Date(Math.floor(Date.now() / minuteMs) * minuteMs);
const tenant = Tenant.parse('windows');
/** Minutes ago, and whether the run was good. */
const runs = Array.from({ length: 400 }, (_, index) => ({
  agoMinutes: 1 + ((index * index * 7) % (3 * 24 * 60)),
  good: index % 3 !== 0,
}));

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
let shape = '';
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  shape = shapeOf(
    await putSlo(opened.warehouse, tenant, {
      id: 'w',
      title: 'W',
      sli: { kind: 'success' },
      objective: '99%',
    }),
  );
  await insertInvocations(
    opened.warehouse,
    runs.map(({ agoMinutes, good }) => ({
      tenant,
      function: 'f',
      startedAt: new Date(now.getTime() - agoMinutes * minuteMs),
      outcome: good ? 'ok' : 'error',
    })),
  );
  await tickUntilFilled(ledgerUnderTest(opened.warehouse, directory.path));
});
after(async () => {
  await opened?.close();
  await directory?.remove();
});

function door() {
  assert.ok(opened !== null);
  return opened.warehouse.forTenant(tenant);
}

function sumOf(fromMs: number, toMs: number) {
  const within = runs.filter(({ agoMinutes }) => {
    const at = now.getTime() - agoMinutes * minuteMs;
    return at >= fromMs && at < toMs;
  });
  return { good: within.filter(({ good }) => good).length, total: within.length };
}

test('sums of any windows are those of the runs in them, however they are cut into hours and minutes', async () => {
  const ago = fc.nat({ max: 3 * 24 * 60 + 100 });
  await fc.assert(
    fc.asyncProperty(ago, fc.array(ago, { minLength: 1, maxLength: 6 }), async (endAgo, lengths) => {
      const end = new Date(now.getTime() - endAgo * minuteMs);
      const starts = lengths.map((length) => new Date(end.getTime() - length * minuteMs));
      const [row] = await readWindowSums(door(), { slo: 'w', starts, end, now });
      const expected = starts.map((start) => sumOf(start.getTime(), end.getTime()));
      const none = starts.map(() => ({ good: 0, total: 0 }));
      assert.deepEqual(row?.sums ?? none, expected);
    }),
    { numRuns: 40, seed: 20_261_120 },
  );
});

test('a window is the sum of its parts', async () => {
  const to = now;
  const from = new Date(now.getTime() - 50 * hourMs);
  const points = await readLedger(door(), { slo: 'w', shape, scope: null, from, to, stepS: 900 });
  const added = points.reduce(
    (sum, { good, total }) => ({ good: sum.good + good, total: sum.total + total }),
    {
      good: 0,
      total: 0,
    },
  );
  const [row] = await readWindowSums(door(), { slo: 'w', starts: [from], end: to, now });
  assert.deepEqual(row?.sums, [added]);
  assert.ok(added.total > 100);
});

test('what if: events are the same under any objective, minutes in breach are those that would not have kept it', async () => {
  const from = new Date(now.getTime() - 24 * hourMs);
  const asked = { slo: 'w', shape, scope: null, from, to: now };
  const [strict] = await readWhatIf(door(), asked, { parts: 99n, of: 100n });
  const [lenient] = await readWhatIf(door(), asked, { parts: 0n, of: 1n });
  const { total, good } = sumOf(from.getTime(), now.getTime());
  assert.deepEqual([strict?.total, strict?.good, lenient?.total], [total, good, total]);
  assert.equal(lenient?.minutesInBreach, 0);
  const byMinute = new Set(
    runs
      .filter(({ good: isGood, agoMinutes }) => !isGood && agoMinutes <= 24 * 60)
      .map(({ agoMinutes }) => agoMinutes),
  );
  assert.equal(strict?.minutesInBreach, byMinute.size);
});
