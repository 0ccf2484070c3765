import { type Role, roleAllows } from '../../schemas/access.js';
import type { AppliedLimit, IngestStatus, RefusedReason } from '../../schemas/ingest-status.js';
import { type LimitSettings, limitNames, limitOutcomes } from '../limits/limit-settings.js';
import type { SamplingSettings } from '../sampling/sampler.js';
import type { PoisonSegment } from '../spool/poison.js';
import type { SpoolStats } from '../spool/spool-types.js';
import type { Counts } from './counts.js';
import { recentStepMs } from './recent-items.js';
import { adviceForItem, adviceForRequest } from './refusal-advice.js';
import type { TenantCounts } from './tenant-ledger.js';

/** What the receiver knows when it is asked. */
export type IngestFacts = {
  startedAtMs: number;
  own: TenantCounts;
  spool: SpoolStats;
  poison: readonly PoisonSegment[];
  limits: LimitSettings;
  sampling: SamplingSettings;
};

type Reader = { tenant: string; role: Role };

const shownPoison = 50;

/** The spool is everyone's: how full it is says how much others send, and its errors name hosts. */
export function seesSpool(role: Role): boolean {
  return roleAllows(role, 'operator');
}

export function describeIngest({ tenant, role }: Reader, facts: IngestFacts): IngestStatus {
  const { own, spool } = facts;
  const { counts } = own;
  const { signals } = counts;
  return {
    tenant,
    receiving: true,
    note: 'Counts of this one process since it started; they are kept in memory and begin anew with it.',
    at: iso(own.atMs),
    since: iso(facts.startedAtMs),
    accepted: {
      requests: counts.acceptedRequests,
      bytes: counts.acceptedBytes,
      invocations: counts.acceptedInvocations,
      spans: signals.traces.acceptedItems,
      dataPoints: signals.metrics.acceptedItems,
      logRecords: signals.logs.acceptedItems,
    },
    recent: {
      stepMs: recentStepMs,
      steps: own.recent.map(({ atMs, traces, metrics, logs }) => ({
        at: iso(atMs),
        spans: traces,
        dataPoints: metrics,
        logRecords: logs,
      })),
    },
    refused: refusedOf(counts),
    duplicateRequests: counts.duplicateRequests,
    ignoredFields: counts.ignoredFields,
    redactions: Object.entries(counts.redactions).map(([rule, count]) => ({ rule, count })),
    limits: limitsOf(counts, facts.limits),
    sampling: {
      spans: { keptRatio: facts.sampling.spansRatio, ...counts.sampling.traces },
      logRecords: { keptRatio: facts.sampling.logsRatio, ...counts.sampling.logs },
    },
    lagMs: spool.oldestAgeMs ?? 0,
    spool: seesSpool(role) ? spoolOf(facts) : null,
    senders: own.senders.map(({ agent, service, sdk, requests, items, lastSeenMs }) => ({
      agent,
      service,
      sdk,
      requests,
      items,
      lastSeenAt: iso(lastSeenMs),
    })),
    badPayloads: own.badPayloads.map(({ atMs, agent, reason }) => ({ at: iso(atMs), agent, reason })),
  };
}

/** Of a process that takes no telemetry, or not yet. */
export function describeNoIngest(tenant: string, note: string): IngestStatus {
  return {
    tenant,
    receiving: false,
    note,
    at: null,
    since: null,
    accepted: null,
    recent: null,
    refused: [],
    duplicateRequests: 0,
    ignoredFields: 0,
    redactions: [],
    limits: [],
    sampling: null,
    lagMs: null,
    spool: null,
    senders: [],
    badPayloads: [],
  };
}

const itemNames = { traces: 'spans', metrics: 'dataPoints', logs: 'logRecords' } as const;

function refusedOf({ refusedRequests, signals }: Counts): RefusedReason[] {
  const requests = Object.entries(refusedRequests).map(([reason, count]) => ({
    what: 'requests' as const,
    reason,
    count,
    ...adviceForRequest(reason),
  }));
  const items = (['traces', 'metrics', 'logs'] as const).flatMap((signal) =>
    Object.entries(signals[signal].refusedItems).map(([reason, count]) => ({
      what: itemNames[signal],
      reason,
      count,
      ...adviceForItem(signal, reason),
    })),
  );
  return [...requests, ...items].sort((a, b) => b.count - a.count);
}

function limitsOf({ limits }: Counts, settings: LimitSettings): AppliedLimit[] {
  return limitNames
    .filter((limit) => limits[limit] > 0)
    .map((limit) => ({
      limit,
      outcome: limitOutcomes[limit],
      allowed: settings[limit],
      count: limits[limit],
    }));
}

function spoolOf({ spool, poison }: IngestFacts): IngestStatus['spool'] {
  const { bytes, quotaBytes, segments, oldestAgeMs, insertFailures, commitFailures, lastError } = spool;
  return {
    bytes,
    quotaBytes,
    segments,
    oldestAgeMs,
    insertFailures,
    commitFailures,
    lastError,
    poison: poison
      .map(({ id, table, rows, reason, setAsideAt }) => ({ id, table, rows, reason, setAsideAt }))
      .sort((a, b) => b.setAsideAt.localeCompare(a.setAsideAt))
      .slice(0, shownPoison),
  };
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
