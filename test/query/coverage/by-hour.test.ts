import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { readCountedSteps } from '../../../query/coverage/read-counted-steps.js';
import { Tenant } from '../../../schemas/access.js';
import type { TenantWarehouse, Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { insertMetricPoints, type TestPoint } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';
import { faas, lambda } from './count-points.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const hours = 20;
const start = Math.floor(Date.now() / hourMs) * hourMs - (hours + 2) * hourMs;
const at = (minute: number) => new Date(start + minute * minuteMs);
const tenant = Tenant.parse('by-hour');

let warehouse: Warehouse;
let close: () => Promise<void>;
let door: TenantWarehouse;

/** One figure of CloudWatch in the minute that begins so many after the start. */
const told = (
  name: string,
  of: string,
  minute: number,
  sum: number,
  point: Partial<TestPoint> = {},
): TestPoint => ({
  tenant,
  ...lambda(name, at(minute + 1), { sum, dimensions: { FunctionName: of }, ...point }),
});
const ran = (of: string, minute: number, run: Partial<TestInvocation> = {}): TestInvocation => ({
  tenant,
  function: of,
  startedAt: new Date(at(minute).getTime() + 12_345),
  spanId: `${of.charCodeAt(0)}${minute}`.padEnd(16, '7'),
  ...run,
});

before(async () => {
  ({ warehouse, close } = await openMigrated());
  door = warehouse.forTenant(tenant);
  const minutes = Array.from({ length: hours * 60 }, (_, minute) => minute);
  const outcomes = ['ok', 'ok', 'error', 'timeout', 'throttled'] as const;
  const runs = minutes.flatMap((minute): TestInvocation[] => [
    // Every minute of it is counted.
    ran('busy', minute, { outcome: outcomes[minute % 5] ?? 'ok', weight: minute % 3 === 0 ? 2.5 : 1 }),
    // Seen in minutes with a count and in others, but for hours that lie wholly in one or the other.
    ...(minute % 7 === 0
      ? [ran('shifted', minute, { httpStatus: 503, errorType: '503', outcome: 'error' })]
      : []),
    ...(minute % 11 === 0 ? [ran('again', minute), ran('late', minute), ran('counter', minute)] : []),
    ...(minute % 13 === 0 ? [ran('wide', minute), ran('nobody', minute)] : []),
    ...(minute % 17 === 0 ? [ran('two', minute), ran('two', minute, { environment: 'dev' })] : []),
  ]);
  await insertInvocations(warehouse, runs);
  // Later news takes runs back, which empties minutes.
  const emptied = runs.filter((run, index) => run.function === 'shifted' && index % 5 === 0);
  await insertInvocations(
    warehouse,
    emptied.map((run) => ({ ...run, sign: -1 as const })),
  );
  await insertMetricPoints(warehouse, [
    ...minutes.flatMap((minute) => [
      told('Invocations', 'busy', minute, 1 + (minute % 3)),
      told('Errors', 'busy', minute, minute % 2),
      ...(minute % 4 === 0 ? [told('Throttles', 'busy', minute, 1)] : []),
      ...(minute % 14 === 0 || minute < 240 ? [told('Invocations', 'shifted', minute, 2)] : []),
      ...(minute % 11 === 0
        ? [told('Invocations', 'again', minute, 2), told('Invocations', 'two', minute, 2)]
        : []),
      // Only the last third of it is counted, so hours before have no count at all.
      ...(minute % 11 === 0 && minute > 800 ? [told('Invocations', 'late', minute, 3)] : []),
    ]),
    // Five minutes in one figure.
    ...minutes
      .filter((minute) => minute % 5 === 4)
      .map((minute) => told('Invocations', 'wide', minute, 3, { startedAt: at(minute - 4) })),
    ...minutes
      .filter((minute) => minute % 3 === 0)
      .map((minute) => ({
        tenant,
        environment: 'prod',
        ...faas('invocations', at(minute), minute / 3, { function: 'counter', startedAt: at(0) }),
      })),
  ]);
  // Told again, with other figures: they replace those of before.
  await insertMetricPoints(
    warehouse,
    minutes
      .filter((minute) => minute % 22 === 0 && minute > 300)
      .map((minute) => told('Invocations', 'again', minute, 5, { receivedAt: new Date() })),
  );
});
after(async () => close());

const offsets = fc.noBias(
  fc.tuple(fc.integer({ min: -30, max: 500 }), fc.integer({ min: 61, max: hours * 60 })),
);

test('hours read as a whole, whichever they are, answer the same as minute by minute', async () => {
  await fc.assert(
    fc.asyncProperty(
      offsets,
      fc.constantFrom(800 * 86_400, 3600, 7200),
      // A list that is cut does not name all hours to be looked at, so they are then found anew.
      fc.constantFrom(1000, 3),
      async ([first, length], stepSeconds, limit) => {
        // Steps that are told apart begin at full hours; one reading of it all may begin anywhere.
        const isWhole = stepSeconds > 86_400;
        const from = isWhole ? new Date(at(first).getTime() + 777) : at(Math.ceil(first / 60) * 60);
        const to = new Date(from.getTime() + length * minuteMs);
        const hoursFrom = new Date(Math.ceil(from.getTime() / hourMs) * hourMs);
        const hoursTo = new Date(Math.max(hoursFrom.getTime(), Math.floor(to.getTime() / hourMs) * hourMs));
        const question = { from, to, function: null, environment: null, stepSeconds, limit };
        const byMinute = await readCountedSteps(door, question, { hoursFrom: to, hoursTo: to });
        const byHour = await readCountedSteps(door, question, { hoursFrom, hoursTo });
        assert.ok(byMinute.length >= 3);
        assert.deepEqual(byHour, byMinute);
      },
    ),
    { numRuns: 12 },
  );
});

test('what is told again, reaches back or lies in two environments is still counted minute by minute', async () => {
  const [from, to] = [at(0), at(hours * 60)];
  const question = { from, to, function: null, environment: null, stepSeconds: 86_400, limit: 1000 };
  const steps = await readCountedSteps(door, question, { hoursFrom: from, hoursTo: to });
  const of = (name: string) => steps.filter((step) => step.function === name);
  const minutesOf = (divisor: number) => Math.ceil((hours * 60) / divisor);
  assert.equal(
    of('busy')[0]?.invocations,
    Array.from({ length: hours * 60 }, (_, m) => 1 + (m % 3)).reduce((a, b) => a + b),
  );
  const again = Array.from({ length: minutesOf(11) }, (_, n) => (n % 2 === 0 && n * 11 > 300 ? 5 : 2));
  assert.equal(
    of('again')[0]?.invocations,
    again.reduce((sum, n) => sum + n, 0),
  );
  assert.equal(of('wide')[0]?.other_runs, 0, 'every minute is covered by some figure');
  assert.deepEqual(
    of('two').map((step) => step.counts_invocations),
    [false, false],
  );
});
