import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import { LabelName } from '../../schemas/alerting/labels.js';
import { Notice } from '../../schemas/alerting/notice.js';
import type { TenantWarehouse, Warehouse } from '../../warehouse/warehouse.js';
import type { PlannedNotice } from '../routing/thread.js';

// A plan of many cases lies in several rows; it counts once the last of them is there, which has the body.
const OPEN_THREADS = `
  SELECT tenant, groupArrayIf(plan, plan != '') AS plans
  FROM notices
  WHERE event = 'planned' AND (tenant, thread) NOT IN (
    SELECT tenant, thread FROM notices WHERE event = 'planned' AND kind = 'resolved' AND body != '')
  GROUP BY tenant, thread, sequence, notice
  HAVING countIf(body != '') > 0 AND notEmpty(plans)
  ORDER BY tenant, thread, sequence, notice`;

const PENDING = `
  SELECT tenant, anyIf(body, body != '') AS notice_body,
    toUnixTimestamp64Milli(minIf(at, event = 'planned')) AS planned_ms,
    maxIf(attempt, event = 'failed') AS attempts,
    toUnixTimestamp64Milli(assumeNotNull(ifNull(max(next_at), toDateTime64(0, 3, 'UTC')))) AS next_ms
  FROM notices
  WHERE at >= {since: DateTime64(3, 'UTC')}
  GROUP BY tenant, thread, sequence, notice
  HAVING notice_body != '' AND countIf(event IN ('sent', 'given-up')) = 0
  ORDER BY planned_ms, thread, sequence`;

const ACTIONS = `
  SELECT tenant, anyIf(body, body != '') AS notice_body
  FROM notices
  WHERE event = 'planned' AND kind = 'action' AND at >= {since: DateTime64(3, 'UTC')}
  GROUP BY tenant, thread, notice
  ORDER BY min(at)`;

const REFERENCE = `
  SELECT reference FROM notices
  WHERE tenant = {tenant: String} AND thread = {thread: String} AND reference != ''
  ORDER BY at DESC
  LIMIT 1` as const;

const LOG = `
  SELECT anyIf(body, body != '') AS notice_body, max(attempt) AS attempts,
    toString(argMax(event, (event, at))) AS last_event,
    toUnixTimestamp64Milli(maxIf(at, event != 'planned')) AS last_ms, argMax(says, (event, at)) AS says,
    toUnixTimestamp64Milli(assumeNotNull(ifNull(max(next_at), toDateTime64(0, 3, 'UTC')))) AS next_ms,
    argMax(duration_ms, (event, at)) AS last_duration_ms, argMax(reference, (event, at)) AS last_reference
  FROM notices
  WHERE tenant = {tenant: String} AND at >= {from: DateTime64(3, 'UTC')}
    AND (empty({receivers: Array(String)}) OR receiver IN {receivers: Array(String)})
    AND ({thread: Nullable(String)} IS NULL OR thread = {thread: Nullable(String)})
    AND ({kind: Nullable(String)} IS NULL OR kind = {kind: Nullable(String)})
  GROUP BY thread, sequence, notice
  HAVING notice_body != '' AND minIf(at, event = 'planned') < {to: DateTime64(3, 'UTC')}
    AND ({incident: Nullable(String)} IS NULL
      OR countIf(position(plan, concat('"incidentId":', toJSONString(assumeNotNull({incident: Nullable(String)})))) > 0) > 0)
  ORDER BY minIf(at, event = 'planned') DESC, notice DESC
  LIMIT {limit: UInt32}` as const;

const Plan = z.object({
  id: z.string(),
  threadId: z.string(),
  sequence: z.number(),
  receiver: z.string(),
  kind: z.enum(['firing', 'update', 'reminder', 'resolved']),
  atMs: z.number(),
  routeKey: z.string(),
  via: z.enum(['route', 'step']),
  group: z.partialRecord(LabelName, z.string()),
  intervalMs: z.number(),
  repeatMs: z.number(),
  standings: z.array(
    z.object({ key: z.string(), incidentId: z.string(), toldSequence: z.number(), isOver: z.boolean() }),
  ),
});

export type TenantPlan = { tenant: Tenant; plan: PlannedNotice };
const OpenRow = z
  .object({ tenant: Tenant, plans: z.array(z.string()) })
  .transform(({ tenant, plans }): TenantPlan[] => {
    const parts = plans.map((text) => Plan.parse(JSON.parse(text)));
    const [first] = parts;
    return first === undefined
      ? []
      : [{ tenant, plan: { ...first, standings: parts.flatMap(({ standings }) => standings) } }];
  });

/** What was planned in threads that have not ended, in order. */
export async function readOpenThreads(warehouse: Warehouse): Promise<TenantPlan[]> {
  return (await warehouse.query(OPEN_THREADS, {}, OpenRow)).flat();
}

const body = z.string().transform((text) => Notice.parse(JSON.parse(text)));
const ms = z.coerce.number().int();
const PendingRow = z.object({ tenant: Tenant, notice_body: body, planned_ms: ms, attempts: ms, next_ms: ms });
export type PendingNotice = {
  tenant: Tenant;
  notice: Notice;
  plannedAtMs: number;
  attempts: number;
  nextAtMs: number;
};

/** What was planned since and is neither delivered nor given up. */
export async function readPending(warehouse: Warehouse, since: Date): Promise<PendingNotice[]> {
  const rows = await warehouse.query(PENDING, { since }, PendingRow);
  return rows.map(({ tenant, notice_body, planned_ms, attempts, next_ms }) => {
    return { tenant, notice: notice_body, plannedAtMs: planned_ms, attempts, nextAtMs: next_ms };
  });
}

/** Actions that were decided since, those only written down too, the oldest first. */
export async function readActions(
  warehouse: Warehouse,
  since: Date,
): Promise<{ tenant: Tenant; notice: Notice }[]> {
  const rows = await warehouse.query(ACTIONS, { since }, z.object({ tenant: Tenant, notice_body: body }));
  return rows.map(({ tenant, notice_body }) => ({ tenant, notice: notice_body }));
}

/** What a receiver calls a thread; null when it never said. */
export async function readReference(warehouse: TenantWarehouse, thread: string): Promise<string | null> {
  const [row] = await warehouse.query(REFERENCE, { thread }, z.object({ reference: z.string() }), {
    lane: 'lookups',
  });
  return row?.reference ?? null;
}

const LogRow = z.object({
  notice_body: body,
  attempts: ms,
  last_event: z.enum(['planned', 'failed', 'sent', 'given-up']),
  last_ms: ms,
  says: z.string(),
  next_ms: ms,
  last_duration_ms: ms,
  last_reference: z.string(),
});

export type LoggedNotice = {
  notice: Notice;
  state: 'waiting' | 'sent' | 'given-up';
  attempts: number;
  lastAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  says: string;
  durationMs: number | null;
  reference: string | null;
};

export type LogQuestion = {
  from: Date;
  to: Date;
  /** Only those of these; none names all. */
  receivers: readonly string[];
  thread: string | null;
  kind: string | null;
  /** Only those about this incident. */
  incident: string | null;
  limit: number;
};

/** Notices with what became of them, the latest first. */
export async function readNoticeLog(
  warehouse: TenantWarehouse,
  question: LogQuestion,
): Promise<LoggedNotice[]> {
  const rows = await warehouse.query(LOG, question, LogRow);
  return rows.map(
    ({ notice_body, attempts, last_event, last_ms, says, next_ms, last_duration_ms, last_reference }) => {
      const isTried = last_event !== 'planned';
      return {
        notice: notice_body,
        state: last_event === 'sent' || last_event === 'given-up' ? last_event : 'waiting',
        attempts,
        lastAttemptAt: isTried ? new Date(last_ms) : null,
        nextAttemptAt: last_event === 'failed' ? new Date(next_ms) : null,
        says,
        durationMs: isTried ? last_duration_ms : null,
        reference: last_reference === '' ? null : last_reference,
      };
    },
  );
}
