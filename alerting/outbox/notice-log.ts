import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { PlannedNotice } from '../routing/thread.js';

const APPEND = `
  INSERT INTO notices
    (tenant, thread, sequence, notice, event, at, receiver, kind, attempt, next_at, duration_ms, says, reference, plan, body)
  SELECT tenant, thread, sequence, notice, event, fromUnixTimestamp64Milli(at_ms, 'UTC'), receiver, kind, attempt,
    if(next_ms = 0, NULL, fromUnixTimestamp64Milli(next_ms, 'UTC')), duration_ms, says, reference, plan, body
  FROM format(
    JSONEachRow,
    'tenant String, thread String, sequence UInt32, notice String, event String, at_ms Int64, receiver String, kind String, attempt UInt32, next_ms Int64, duration_ms UInt32, says String, reference String, plan String, body String',
    {rows: String})`;

/** The engine refuses statements above 256 kB, parameters included; a quote in JSON in JSON takes four. */
const mostCharacters = 60_000;

/** What a notice is about, besides what it says; null of a test or a report, which belong to no incident. */
export type PlannedRow = { notice: Notice; plan: PlannedNotice | null };

export type AttemptRow = {
  tenant: Tenant;
  notice: Pick<Notice, 'id' | 'threadId' | 'sequence' | 'receiver' | 'kind'>;
  event: 'failed' | 'sent' | 'given-up';
  at: Date;
  attempt: number;
  nextAt: Date | null;
  durationMs: number;
  says: string;
  reference: string | null;
};

/** The one writer of notices. */
export type NoticeLog = {
  plan: (rows: readonly PlannedRow[]) => Promise<void>;
  attempt: (row: AttemptRow) => Promise<void>;
};

export function noticeLog(warehouse: Pick<Warehouse, 'command'>): NoticeLog {
  const append = async (rows: readonly string[]) => {
    let some: string[] = [];
    let characters = 0;
    for (const row of rows) {
      if (some.length > 0 && characters + row.length > mostCharacters) {
        await warehouse.command(APPEND, { rows: some.join('\n') });
        some = [];
        characters = 0;
      }
      some.push(row);
      characters += row.length;
    }
    if (some.length > 0) await warehouse.command(APPEND, { rows: some.join('\n') });
  };
  return {
    plan: (rows) => append(rows.flatMap(plannedRows)),
    attempt: ({ tenant, notice, event, at, attempt, nextAt, durationMs, says, reference }) =>
      append([
        JSON.stringify({
          ...namesOf(tenant, notice),
          event,
          at_ms: at.getTime(),
          attempt,
          next_ms: nextAt?.getTime() ?? 0,
          duration_ms: Math.round(durationMs),
          says: says.slice(0, 1000),
          reference: reference ?? '',
          plan: '',
          body: '',
        }),
      ]),
  };
}

/** Thousands of cases do not fit into one statement: a plan of many is written in several rows, the notice with the last. */
const mostStandings = 150;

function plannedRows({ notice, plan }: PlannedRow): string[] {
  const base = {
    ...namesOf(notice.tenant, notice),
    event: 'planned',
    at_ms: Date.parse(notice.at),
    attempt: 0,
    next_ms: 0,
    duration_ms: 0,
    says: '',
    reference: '',
  };
  const standings = plan?.standings ?? [];
  const last = Math.max(0, Math.ceil(standings.length / mostStandings) - 1);
  return Array.from({ length: last + 1 }, (_, part) => {
    const some = standings.slice(part * mostStandings, (part + 1) * mostStandings);
    const text = plan === null ? '' : JSON.stringify({ ...plan, standings: some });
    return JSON.stringify({ ...base, plan: text, body: part === last ? JSON.stringify(notice) : '' });
  });
}

function namesOf(tenant: string, { id, threadId, sequence, receiver, kind }: AttemptRow['notice']) {
  return { tenant, thread: threadId, sequence, notice: id, receiver, kind };
}
