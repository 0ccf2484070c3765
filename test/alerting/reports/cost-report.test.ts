import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dueReports } from '../../../alerting/reports/report-book.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { defaultTenant } from '../../../schemas/access.js';
import { Cost } from '../../../schemas/config/cost.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertUsage } from '../../query/cost/insert-usage.js';
import { openMigrated } from '../../support/open-migrated.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monday = (() => {
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  return today - ((new Date(today).getUTCDay() + 6) % 7) * dayMs;
})();
const now = new Date(monday + 9 * hourMs);

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await openMigrated());
  // 0.1 GB-hours of each team in the week that ended, half of it in the week before.
  const week = (start: number, team: string, hours: number) =>
    Array.from({ length: hours }, (_, index) => ({
      ...{ function: `${team}-api`, team, billed_ms: 3_600_000, memory_mb: 10_240, request_units: 0 },
      at: new Date(start + index * hourMs),
    }));
  await insertUsage(warehouse, [
    ...week(monday - 7 * dayMs, 'payments', 2),
    ...week(monday - 14 * dayMs, 'payments', 1),
    ...week(monday - 7 * dayMs, 'search', 1),
  ]);
});
after(() => close());

async function reports(teams?: string[]) {
  const settings = Cost.parse({});
  const costs = { books: await loadPriceBooks(settings), settings };
  const report = {
    name: 'showback',
    content: 'cost',
    every: 'week',
    zone: 'UTC',
    hour: 8,
    to: ['mail'],
  } as const;
  const asked = [teams === undefined ? report : { ...report, teams }];
  return await dueReports({ warehouse, reports: asked, tenant: defaultTenant, publicUrl: null, costs }, now);
}

test('a report of cost tells the week by team and function, and what it was before', async () => {
  const [notice, ...more] = await reports();
  assert.equal(more.length, 0);
  // 36,000 GB-s at 0.0000166667 an hour of ten GB: 0.6000012 a time.
  assert.match(notice?.title ?? '', /^Cost of functions from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d: 1\.8 USD$/);
  assert.match(notice?.text ?? '', /\+200 % against the time before \(0\.6 USD\)/);
  assert.match(notice?.text ?? '', /payments: 1\.2 USD\nsearch: 0\.6 USD/);
  assert.match(notice?.text ?? '', /payments-api: 1\.2 USD, 2 runs/);
  assert.match(notice?.html ?? '', /<td>payments-api<\/td>/);
});

test('a report for a team has that team alone', async () => {
  const [notice] = await reports(['search']);
  assert.match(notice?.title ?? '', /: 0\.6 USD$/);
  assert.match(notice?.text ?? '', /nothing is known of the time before/);
  assert.doesNotMatch(`${notice?.text}${notice?.html}`, /payments/);
});
