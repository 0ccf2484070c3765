import { type ErrorGroup, groupOf } from '../../../ingest/errors/error-group.js';
import { customers, featureOf, productOf } from '../fleet/attribution.js';
import type { DemoFunction, Fleet } from '../fleet/demo-function.js';
import { scaleFor } from '../fleet/expected-rate.js';
import type { Effect, IncidentRun } from '../incidents/incident.js';
import { type Conditions, conditionsOf, effectsIn } from '../simulate/conditions.js';
import { wordOf } from '../simulate/random.js';
import { billedBy } from './billed-by.js';
import { expectedLoad, type Load } from './expected-load.js';
import { type Failure, failuresOf } from './failures-of.js';
import type { Place } from './place.js';
import { toldBy } from './told-by.js';
import { type Wait, waitOf } from './wait-of.js';

/** Incidents that grow are followed in steps of so many minutes. */
const stepMinutes = 10;

type Draft = { -readonly [Column in keyof Place]: Place[Column] };

export type HistoryWorld = {
  fleet: Fleet;
  seed: number;
  ratePerSecond: number;
  incidents: readonly IncidentRun[];
};

/** Every place of the fleet in [fromMinute, toMinute), in pieces within which nothing changes but rhythm. */
export function describePlaces(world: HistoryWorld, fromMinute: number, toMinute: number): Place[] {
  const { fleet, seed, incidents } = world;
  const scale = scaleFor(fleet, world.ratePerSecond);
  const loads = expectedLoad(fleet, seed, scale);
  const open = new Map<string, Draft[]>();
  const places: Draft[] = [];
  let effectsBefore: readonly Effect[] = [];
  for (const from of cutsOf(incidents, fromMinute, toMinute)) {
    const effects = effectsIn(incidents, from);
    if (from > fromMinute && JSON.stringify(effects) === JSON.stringify(effectsBefore)) continue;
    const conditions = (one: DemoFunction, region: string) => conditionsOf(one, region, effects);
    const touched = touchedBy(fleet, [...effects, ...effectsBefore]);
    effectsBefore = effects;
    for (const demoFunction of fleet.functions) {
      const { name } = demoFunction;
      const load = loads.get(name);
      const before = open.get(name);
      if (load === undefined || (before !== undefined && !touched.has(name))) continue;
      const begun = demoFunction.regions.flatMap(({ region, share }) => {
        const here = conditions(demoFunction, region);
        const wait = waitOf(fleet, demoFunction, region, conditions);
        const told = { demoFunction, region, here, wait, load, fromMinute: from, toMinute };
        return here.versions.map((one) => placeOf({ ...told, ...one, share: share * one.share }));
      });
      // An incident elsewhere, or one that does not grow: a place that goes on as it was is none more to tell of.
      if (before !== undefined && isAlike(before, begun)) continue;
      for (const place of before ?? []) place.to_minute = from;
      open.set(name, begun);
      places.push(...begun);
    }
  }
  return places;
}

function isAlike(before: readonly Place[], now: readonly Place[]): boolean {
  const timeless = (places: readonly Place[]) =>
    JSON.stringify(places.map((place) => ({ ...place, from_minute: 0, to_minute: 0 })));
  return timeless(before) === timeless(now);
}

/** The functions whose runs such effects can change: those they name, those that use what they name, and who calls these. */
function touchedBy({ functions }: Fleet, effects: readonly Effect[]): Set<string> {
  const touched = new Set(effects.flatMap((effect) => effect.functions ?? []));
  const troubled = new Set(effects.flatMap(({ dependency }) => dependency?.name ?? []));
  // Callers stand before those they call.
  for (const { name, dependencies, calls } of functions.toReversed())
    if (dependencies.some((one) => troubled.has(one.name)) || calls.some(({ to }) => touched.has(to)))
      touched.add(name);
  return touched;
}

/** Minutes at which something may change, the first one included. */
function cutsOf(incidents: readonly IncidentRun[], fromMinute: number, toMinute: number): number[] {
  const cuts = new Set([fromMinute]);
  for (const { startMinute, endMinute } of incidents) {
    for (let minute = startMinute; minute < endMinute; minute += stepMinutes) cuts.add(minute);
    cuts.add(endMinute);
  }
  return [...cuts].filter((minute) => minute >= fromMinute && minute < toMinute).sort((a, b) => a - b);
}

type Told = {
  demoFunction: DemoFunction;
  region: string;
  version: string;
  alias: string;
  /** Of all runs of the function. */
  share: number;
  here: Conditions;
  wait: Wait;
  load: Load;
  fromMinute: number;
  toMinute: number;
};

function placeOf(given: Told): Place {
  const { demoFunction, region, version, alias, share, here, wait, load, fromMinute, toMinute } = given;
  const { name, run, cold, retry, calls } = demoFunction;
  const { peer, ...told } = toldBy(demoFunction, alias);
  const failures = failuresOf(demoFunction, version, here, wait);
  const groups = failures.map(({ type, message }) => {
    const stack = `${type}: ${message}\n    at handler (/var/task/index.js:41:11)`;
    return type === '' ? null : groupOf({ type, message, stack }, name);
  });
  const publishes = calls.filter(({ via }) => via === 'queue');
  const [dependency] = demoFunction.dependencies;
  const trouble = dependency === undefined ? undefined : here.dependencies.get(dependency.name);
  // Queues whose depth AWS tells of, with those for dead letters.
  const polls = demoFunction.trigger === 'queue' && told.provider === 'aws';
  const isTimer = load.timer !== null && share === 1;
  const { kind, operation } = peer('');
  return {
    ...told,
    key: String(wordOf(`${name} ${region} ${version}`)),
    function_key: String(wordOf(name)),
    function: name,
    environment: demoFunction.environment,
    team: demoFunction.team,
    region,
    version,
    from_minute: fromMinute,
    to_minute: toMinute,
    rates: load.perMinute.map((runs) => runs * share),
    rate_factor: here.rateFactor,
    bursts: demoFunction.trigger !== 'timer' && demoFunction.scales,
    timer_every: isTimer ? (load.timer?.every ?? 0) : 0,
    timer_offset: load.timer?.offset ?? 0,
    timer_events: load.timer?.events ?? 0,
    own_ms: run.medianMs * here.slower,
    own_sigma: run.sigma,
    tail_ratio: run.tailRatio,
    tail_factor: run.tailFactor,
    dep_ms: (dependency?.medianMs ?? 0) * (trouble?.slower ?? 1),
    dep_sigma: dependency?.sigma ?? 0,
    call_ms: wait.ms,
    call_sigma: wait.sigma,
    call_ratio: wait.ratio,
    cold_ms: cold.medianMs * here.coldSlower,
    cold_sigma: cold.sigma,
    keep_minutes: demoFunction.keepAliveMinutes,
    recycled: here.recycledRatio,
    ...limitsOf(failures),
    error_types: lines(failures.map(({ type }) => type)),
    error_messages: lines(failures.map(({ message }) => message)),
    fingerprints: lines(groups.map((group) => (group === null ? '0' : fingerprintOf(group)))),
    titles: lines(groups.map((group) => group?.title ?? '')),
    culprits: lines(groups.map((group) => group?.culprit ?? '')),
    lost_ratio: here.lostRatio,
    timeout_ms: demoFunction.timeoutMs,
    memory_mb: demoFunction.memoryMb,
    used_mb: demoFunction.usedMemoryMb,
    attempts_max: retry === null ? 1 : (here.attempts ?? retry.attempts),
    duplicate_ratio: demoFunction.duplicateRatio,
    peer_kind: kind,
    operation,
    dep_peer: dependency === undefined ? '' : peer(dependency.name).name,
    call_peers: lines(calls.filter(({ via }) => via === 'http').map(({ to }) => peer(to).name)),
    publish_peers: lines(publishes.map(({ to }) => peer(to).name)),
    publish_ratio: publishes[0]?.ratio ?? 0,
    queue: queueOf(demoFunction),
    polls,
    buries: polls && retry !== null,
    ...billedBy(demoFunction),
    product: productOf(demoFunction),
    feature: featureOf(demoFunction),
    customers: lines(customers),
  };
}

/** Below which draw a run fails for this reason or one before it. */
function limitsOf(failures: readonly Failure[]) {
  const upTo = (count: number) => failures.slice(0, count).reduce((sum, { ratio }) => sum + ratio, 0);
  return {
    limit_1: upTo(1),
    limit_2: upTo(2),
    limit_3: upTo(3),
    limit_4: upTo(4),
    limit_5: upTo(5),
    limit_6: upTo(6),
  };
}

function fingerprintOf({ hashHi, hashLo }: ErrorGroup): string {
  return String((BigInt(hashHi) << 32n) | BigInt(hashLo));
}

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}

/** Senders that name the queue a message came from. */
function queueOf({ name, trigger, sender }: DemoFunction): string {
  const names = sender === 'lambda-node' || sender === 'lambda-node-old' || sender === 'cloudflare';
  return trigger === 'queue' && names ? `${name}-queue` : '';
}
