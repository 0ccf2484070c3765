import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { makeCorrection } from '../../../alerting/corrections/fold-corrections.js';
import { type CurrentSlo, foldVersions } from '../../../alerting/definitions/fold-versions.js';
import { readVersions } from '../../../alerting/definitions/read-versions.js';
import { readLedger } from '../../../alerting/reading/read-ledger.js';
import { readWhatIf } from '../../../alerting/reading/read-what-if.js';
import { readWindowSums } from '../../../alerting/reading/read-window-sums.js';
import { windowsWithin } from '../../../alerting/recurrence/windows.js';
import { Tenant } from '../../../schemas/access.js';
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
let objective: CurrentSlo | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const written = { id: 'w', title: 'W', sli: { kind: 'success' }, objective: '99%' };
  await putSlo(opened.warehouse, tenant, written);
  objective = foldVersions(await readVersions(opened.warehouse.forTenant(tenant), 'w')).current[0] ?? null;
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

function slo(): CurrentSlo {
  assert.ok(objective !== null);
  return objective;
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
      const [row] = await readWindowSums(door(), { slos: [slo()], corrections: [], starts, end, now });
      const expected = starts.map((start) => sumOf(start.getTime(), end.getTime()));
      const none = starts.map(() => ({ good: 0, total: 0 }));
      assert.deepEqual(row?.sums ?? none, expected);
    }),
    { numRuns: 8, seed: 20_261_120 },
  );
});

/** Minutes ago, from and to, and what it repeats by. */
const outages = fc.record({
  from: fc.integer({ min: 1, max: 3 * 24 * 60 }),
  minutes: fc.integer({ min: 1, max: 2000 }),
  rrule: fc.constantFrom(undefined, 'FREQ=DAILY', 'FREQ=DAILY;INTERVAL=2', 'FREQ=DAILY;COUNT=2'),
});

test('corrected sums are those of the runs that no correction takes out', async () => {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * minuteMs);
  await fc.assert(
    fc.asyncProperty(
      fc.array(outages, { minLength: 1, maxLength: 4 }),
      fc.nat({ max: 4000 }),
      async (some, start) => {
        const corrections = some.map(({ from, minutes, rrule }, index) => {
          const given = { from: ago(from), to: ago(from - minutes), rrule, reason: 'r', author: 'a' };
          const made = makeCorrection(`c${index}`, given, now);
          assert.ok(made.kind === 'correction');
          return made.correction;
        });
        const starts = [ago(start), ago(60), ago(3 * 1440)];
        const windows = corrections.flatMap((one) => windowsWithin(one.windows, ago(5000), now));
        const isOut = (at: Date) => windows.some(({ from, to }) => at >= from && at < to);
        const left = (from: Date) => {
          const within = runs.filter(({ agoMinutes }) => ago(agoMinutes) >= from && !isOut(ago(agoMinutes)));
          return { good: within.filter(({ good }) => good).length, total: within.length };
        };
        const [row] = await readWindowSums(door(), { slos: [slo()], corrections, starts, end: now, now });
        assert.deepEqual(row?.sums, starts.map(left));
        assert.deepEqual(
          row?.raw,
          starts.map((from) => sumOf(from.getTime(), now.getTime())),
        );
        const asked = { slo: slo(), corrections, scope: null, from: ago(3 * 1440), to: now };
        const points = await readLedger(door(), { ...asked, stepS: 3600 });
        const total = points.reduce((sum, point) => sum + point.total, 0);
        assert.equal(total, left(ago(3 * 1440)).total);
        const [judged] = await readWhatIf(door(), {
          ...asked,
          underMs: null,
          objective: { parts: 99n, of: 100n },
        });
        assert.equal(judged?.total ?? 0, total);
      },
    ),
    { numRuns: 6, seed: 20_261_128 },
  );
});

test('a window is the sum of its parts', async () => {
  const to = now;
  const from = new Date(now.getTime() - 50 * hourMs);
  const points = await readLedger(door(), { slo: slo(), corrections: [], scope: null, from, to, stepS: 900 });
  const added = points.reduce(
    (sum, { good, total }) => ({ good: sum.good + good, total: sum.total + total }),
    {
      good: 0,
      total: 0,
    },
  );
  const [row] = await readWindowSums(door(), {
    slos: [slo()],
    corrections: [],
    starts: [from],
    end: to,
    now,
  });
  assert.deepEqual(row?.sums, [added]);
  assert.ok(added.total > 100);
});

test('what if: events are the same under any objective, minutes in breach are those that would not have kept it', async () => {
  const from = new Date(now.getTime() - 24 * hourMs);
  const asked = { slo: slo(), corrections: [], scope: null, from, to: now };
  const [strict] = await readWhatIf(door(), { ...asked, underMs: null, objective: { parts: 99n, of: 100n } });
  const [lenient] = await readWhatIf(door(), { ...asked, underMs: null, objective: { parts: 0n, of: 1n } });
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
