import { z } from 'zod';
import type { CostDeps } from '../../query/cost/cost-deps.js';
import { readCostPeriod } from '../../query/cost/read-cost-period.js';
import { periodWords } from '../../query/cost/report/period-words.js';
import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { type DuePeriod, duePeriods } from './due-periods.js';
import { readReview } from './read-review.js';
import { writeReview } from './slo-review.js';

const SENT = `
  SELECT DISTINCT thread FROM notices
  WHERE tenant = {tenant: String} AND event = 'planned' AND kind = 'report' AND body != ''
    AND at >= {since: DateTime64(3, 'UTC')}` as const;
const Sent = z.object({ thread: z.string() });

const dayMs = 86_400_000;

export type ReportDeps = {
  warehouse: Warehouse;
  reports: AlertingSettings['reports'];
  tenant: Tenant;
  publicUrl: string | null;
  /** Prices; without them reports of cost are not written. */
  costs?: CostDeps | undefined;
};

/** Reports that are due and not written yet, as notices: one for each receiver, with one id however often it is asked. */
export async function dueReports(
  { warehouse, reports, tenant, publicUrl, costs }: ReportDeps,
  now: Date,
): Promise<Notice[]> {
  if (reports.length === 0) return [];
  const door = warehouse.forTenant(tenant);
  const rows = await door.query(SENT, { since: new Date(now.getTime() - 400 * dayMs) }, Sent);
  const sent = new Set(rows.map(({ thread }) => thread));
  const notices: Notice[] = [];
  for (const report of reports)
    for (const receiver of report.to) {
      // Each receiver by itself: what one has had, another may still be missing.
      const own = new Set(
        [...sent].filter((id) => id.endsWith(`@${receiver}`)).map((id) => id.slice(0, -receiver.length - 1)),
      );
      for (const period of duePeriods(report, own, now.getTime())) {
        const window = {
          from: new Date(period.fromMs),
          to: new Date(period.untilMs),
          teams: report.teams ?? null,
        };
        const about = { period, receiver, tenant, now };
        if (report.content === 'slo-review') {
          const slos = await readReview(door, { ...window, now });
          notices.push(reportNotice(about, writeReview({ ...period, slos, viewUrl: publicUrl })));
        } else if (costs !== undefined)
          notices.push(reportNotice(about, periodWords(await readCostPeriod(door, window, costs, now))));
      }
    }
  return notices;
}

type About = { period: DuePeriod; receiver: string; tenant: Tenant; now: Date };

function reportNotice(
  { period, receiver, tenant, now }: About,
  words: { title: string; text: string; html: string },
): Notice {
  const id = `${period.id}@${receiver}`;
  return {
    id,
    tenant,
    receiver,
    threadId: id,
    sequence: 1,
    kind: 'report',
    at: now.toISOString(),
    severity: 'ticket',
    title: words.title,
    text: words.text,
    group: {},
    items: [],
    firing: 0,
    resolved: 0,
    more: 0,
    news: [],
    acknowledgedBy: null,
    viewUrl: null,
    html: words.html,
  };
}
