import type { CostDeps } from '../../query/cost/cost-deps.js';
import type { Tenant } from '../../schemas/access.js';
import type { Diagnosis } from '../../schemas/alerting/diagnosis.js';
import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { TenantWarehouse, Warehouse } from '../../warehouse/warehouse.js';
import type { Correction } from '../corrections/correction.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { planMinutes } from '../decide/horizon.js';
import type { Level, SeriesReading } from '../decide/series.js';
import { seriesKey } from '../decide/series.js';
import { type TelemetryState, telemetryState } from '../decide/telemetry.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { countVersions, readAllVersions } from '../definitions/read-versions.js';
import { bulkIncidentLog } from '../incidents/append-many.js';
import type { Incident } from '../incidents/fold-events.js';
import type { Rule } from '../rules/rule.js';
import { runbookPath } from '../rules/runbook-path.js';
import { windowText } from '../tiers/window-text.js';
import { readDecidedUntil, readLedgerSeen, writeDecidedUntil } from './alert-log.js';
import { decideReadings } from './decide-readings.js';
import { createIncidentBook, type IncidentBook } from './incident-book.js';
import { readBusyMinutes, readDelays } from './read-arrivals.js';
import { readBurns, type WatchedSlo, watchSlo } from './read-burns.js';
import { readRules } from './read-rules.js';

export type AlertDeps = {
  warehouse: Warehouse;
  /** Where a storm of events is laid down on its way to the engine. */
  directory: string;
  now: () => Date;
  /** Throws when another process has taken over; asked before each step that changes something. */
  mayWrite: () => Promise<void>;
  rules: readonly Rule[];
  queues: QueueSettings;
  costs: CostDeps;
  costAlerts: AlertingSettings['costAlerts'];
  /** Looks for what explains an incident; runs slower than `slowMs` are bad too. */
  diagnose: (door: TenantWarehouse, event: IncidentEvent, slowMs: number | null) => Promise<Diagnosis | null>;
  /** Open pages are told that incidents have changed. */
  publish: (tenant: Tenant, at: Date) => void;
  warn: (fields: object, sentence: string) => void;
};

export type AlertStats = {
  decidedUntilMs: number | null;
  lastTickMs: number;
  failures: number;
  events: number;
  open: number;
  withheld: number;
  delayMs: number;
};

export type AlertJob = {
  /** Decides what is due; true when more is. */
  tick: (signal: AbortSignal) => Promise<boolean>;
  forget: () => void;
  stats: () => AlertStats;
};

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Minutes that are decided before the next look at what is due. */
const mostMinutes = 30;
const delayWindowMs = 15 * minuteMs;

type Progress = {
  decidedUntilMs: number | null;
  versions: number;
  watched: Map<Tenant, WatchedSlo[]>;
  /** Read once for the minutes of a tick. */
  corrections: Map<Tenant, Correction[]>;
  book: IncidentBook;
  /** Tenants that were there at the last look; they may have rules to keep though no objective. */
  tenants: Set<Tenant>;
};

/** Read the ledger, decide, append events. Everything it remembers can be lost at any time and is read again. */
export function createAlertJob(deps: AlertDeps): AlertJob {
  const { warehouse, now, mayWrite } = deps;
  const append = bulkIncidentLog(warehouse, deps.directory);
  let progress: Progress | null = null;
  const stats: AlertStats = {
    decidedUntilMs: null,
    lastTickMs: 0,
    failures: 0,
    events: 0,
    open: 0,
    withheld: 0,
    delayMs: 0,
  };

  const begin = async (): Promise<Progress> => ({
    decidedUntilMs: (await readDecidedUntil(warehouse))?.getTime() ?? null,
    versions: -1,
    watched: new Map(),
    corrections: new Map(),
    book: createIncidentBook(),
    tenants: new Set(),
  });

  const refresh = async (at: Progress): Promise<void> => {
    const versions = await countVersions(warehouse);
    if (versions === at.versions) return;
    const watched = new Map<Tenant, WatchedSlo[]>();
    for (const slo of foldVersions(await readAllVersions(warehouse)).current)
      watched.set(slo.tenant, [...(watched.get(slo.tenant) ?? []), watchSlo(slo)]);
    at.watched = watched;
    at.versions = versions;
  };

  /** What cannot be explained is told all the same. */
  const explain = async (event: IncidentEvent, door: TenantWarehouse, watched: readonly WatchedSlo[]) => {
    const sli = watched.find(({ slo }) => slo.id === event.sloId)?.slo.definition.sli;
    try {
      return await deps.diagnose(door, event, sli?.kind === 'latency' ? sli.under : null);
    } catch (error) {
      deps.warn({ err: error, incident: event.incidentId }, 'an incident could not be diagnosed');
      return null;
    }
  };

  const decideTenant = async (
    at: Progress,
    tenant: Tenant,
    atMs: number,
    telemetry: TelemetryState,
    isLatest: boolean,
  ): Promise<void> => {
    const door = warehouse.forTenant(tenant);
    const end = new Date(atMs);
    const watched = at.watched.get(tenant) ?? [];
    const burns =
      watched.length === 0 || telemetry.isLost
        ? []
        : await readBurns(door, watched, at.corrections.get(tenant) ?? [], end, now());
    // What was missed is made up for by burns; rules look at how things are.
    const found =
      isLatest && !telemetry.isLost
        ? await readRules(deps.rules, tenant, {
            warehouse: door,
            at: end,
            queues: deps.queues,
            costs: deps.costs,
            costAlerts: deps.costAlerts,
          })
        : { readings: [], answered: new Set<string>(), failures: [] };
    for (const { rule, error } of found.failures)
      deps.warn({ err: error, rule, tenant }, 'a rule could not be judged; its incidents stay as they are');
    const lost = lostReading(tenant, telemetry);
    const readings = [...burns, ...found.readings, lost];
    const gone = telemetry.isLost ? [] : goneOf(at.book, tenant, readings, found.answered);
    const events = await decideReadings(at.book, readings, gone, atMs, (event) =>
      explain(event, door, watched),
    );
    if (events.length === 0) return;
    await mayWrite();
    await append(events);
    for (const event of events) at.book.take(event);
    stats.events += events.length;
    deps.publish(tenant, now());
  };

  const decideMinutes = async (
    at: Progress,
    minutes: readonly number[],
    signal: AbortSignal,
  ): Promise<void> => {
    const [first] = minutes;
    const last = minutes.at(-1);
    if (first === undefined || last === undefined) return;
    await at.book.look(warehouse, first);
    const busy = await readBusyMinutes(warehouse, { from: new Date(first - dayMs), to: new Date(last) });
    for (const tenant of [...busy.keys(), ...at.watched.keys()]) at.tenants.add(tenant);
    for (const tenant of at.watched.keys()) {
      const folded = await readCorrections(warehouse.forTenant(tenant), null);
      at.corrections.set(tenant, currentCorrections(folded));
    }
    const isCaughtUp = minutes.length < mostMinutes;
    for (const atMs of minutes) {
      signal.throwIfAborted();
      const eventsBefore = stats.events;
      for (const tenant of at.tenants) {
        const telemetry = telemetryState(busyBefore(busy.get(tenant) ?? [], atMs), atMs);
        await decideTenant(at, tenant, atMs, telemetry, isCaughtUp && atMs === last);
      }
      // Minutes that changed nothing may be decided again.
      if (atMs === last || stats.events > eventsBefore) {
        await mayWrite();
        await writeDecidedUntil(warehouse, new Date(atMs));
      }
      at.decidedUntilMs = atMs;
    }
  };

  const tick = async (signal: AbortSignal): Promise<boolean> => {
    const startedMs = now().getTime();
    try {
      const at = progress ?? (await begin());
      progress = at;
      const ledger = await readLedgerSeen(warehouse);
      if (ledger === null) return false;
      await refresh(at);
      const delays = await readDelays(warehouse, new Date(startedMs - delayWindowMs));
      stats.delayMs = Math.max(0, ...delays.values());
      const { decidedUntilMs } = at;
      const facts = { decidedUntilMs, nowMs: startedMs, ledgerMs: ledger.getTime(), delayMs: stats.delayMs };
      const { minutes, skippedMs } = planMinutes({ ...facts, most: mostMinutes });
      if (skippedMs > 0)
        deps.warn(
          { skippedMs },
          'alerts were not decided for more than a day; what is older stays undecided',
        );
      await decideMinutes(at, minutes, signal);
      const current = at.book.current();
      stats.open = current.filter(({ state }) => state === 'open').length;
      stats.withheld = current.length - stats.open;
      stats.decidedUntilMs = at.decidedUntilMs;
      stats.lastTickMs = now().getTime() - startedMs;
      return minutes.length === mostMinutes;
    } catch (error) {
      progress = null;
      stats.failures += 1;
      throw error;
    }
  };
  return {
    tick,
    forget: () => {
      progress = null;
    },
    stats: () => stats,
  };
}

/** Of the day before a minute, in order. */
function busyBefore(minutesS: readonly number[], atMs: number): number[] {
  return minutesS.filter((minuteS) => minuteS * 1000 < atMs && minuteS * 1000 >= atMs - dayMs);
}

/** That telemetry is lost is an incident of its own, told once; everything else stays as it is meanwhile. */
function lostReading(tenant: Tenant, { isLost, lastMs, usualGapMs }: TelemetryState): SeriesReading {
  const level: Level | null = isLost ? { severity: 'ticket', name: null } : null;
  return {
    series: { tenant, rule: 'telemetry-lost', sloId: null, scope: '' },
    standing: { kind: 'judged', active: level, held: null, still: level },
    minimumMs: 0,
    describe: async () => ({
      title: 'No telemetry comes in any more',
      summary: `Nothing has come since ${lastMs === null ? 'long ago' : new Date(lastMs).toISOString()}; the longest silence of the day before was ${windowText(Math.max(minuteMs, usualGapMs))}. Objectives are not judged until telemetry is back.`,
      facts: [],
      labels: {},
      runbookUrl: runbookPath('telemetry-lost'),
      startedMs: lastMs,
    }),
  };
}

const judgedByCounts = new Set(['slo-burn', 'sli-broken']);

/** Incidents that are not over and that nothing was read of: the objective or the place is gone, or fine. */
function goneOf(
  book: IncidentBook,
  tenant: Tenant,
  readings: readonly SeriesReading[],
  answered: ReadonlySet<string>,
): Incident[] {
  const read = new Set(readings.map(({ series }) => seriesKey(series)));
  return book.current().filter((incident) => {
    if (incident.tenant !== tenant || read.has(seriesKey(incident))) return false;
    return judgedByCounts.has(incident.rule) || answered.has(incident.rule);
  });
}
