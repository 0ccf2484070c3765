import { readDeployments } from '../../query/deployments/read-deployments.js';
import type { Contrast, Diagnosis } from '../../schemas/alerting/diagnosis.js';
import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { contrastsOf, sentenceOf } from './contrast.js';
import { type RunsAsked, readContrasts, readFirstFailing } from './read-contrasts.js';
import { type BadPeer, readBadPeers } from './read-peers.js';

const minuteMs = 60_000;
/** Before the fault: what is compared with, and how long ago a deployment may have been. */
const beforeMs = 60 * minuteMs;
/** The first notice need not wait for the runs of days: the first minutes tell what broke. */
const longestMs = 60 * minuteMs;
const unknownMs = 15 * minuteMs;
const mostDeployments = 20;

/**
 * Looks for what explains an incident; null when no run of it failed, so that there is nothing to compare, and for a rule about
 * what no function is known of (a queue, a budget of money): any fault elsewhere would be blamed.
 */
export async function diagnose(
  warehouse: TenantWarehouse,
  event: IncidentEvent,
  slowMs: number | null,
): Promise<Diagnosis | null> {
  const { labels } = event;
  if (event.rule !== 'slo-burn' && labels.function === undefined) return null;
  const decidedMs = new Date(event.at).getTime();
  const toldMs = Math.floor(new Date(event.startedAt).getTime() / minuteMs) * minuteMs;
  // A rule that cannot say when it began has looked at the last quarter of an hour.
  const isStartKnown = decidedMs - toldMs >= minuteMs;
  const startMs = isStartKnown ? toldMs : decidedMs - unknownMs;
  const endMs = Math.min(decidedMs, startMs + longestMs);
  const asked: RunsAsked = {
    function: labels.function ?? '',
    environment: labels.environment ?? '',
    region: labels.region ?? '',
    slowNs: slowMs === null ? 0 : slowMs * 1_000_000,
    from: new Date(startMs),
    to: new Date(endMs),
    before: new Date(startMs - beforeMs),
  };
  const { bad, total, values } = await readContrasts(warehouse, asked);
  if (bad <= 0) return null;
  const peers = await readBadPeers(warehouse, asked);
  const firstFailing = await readFirstFailing(warehouse, asked);
  const { deployments } = await readDeployments(warehouse, {
    from: asked.before,
    to: asked.to,
    function: labels.function ?? null,
    environment: labels.environment ?? null,
    version: null,
    id: null,
    includeDeleted: false,
    limit: mostDeployments,
  });
  const contrasts = contrastsOf(values, { bad, total });
  const name = labels.function ?? firstFailing?.function ?? null;
  const brokeFirst = isStartKnown
    ? whoBrokeFirst(peers, asked, name)
    : (mostlyBehind(peers, bad) ?? whoBrokeFirst([], asked, name));
  const [peer] = peers;
  return {
    from: asked.from.toISOString(),
    to: asked.to.toISOString(),
    bad: Math.round(bad),
    total: Math.round(total),
    sentence: sentenceOf(contrasts, brokeFirst),
    contrasts: peer === undefined ? contrasts : [...contrasts, peerContrast(peer)],
    firstFailing,
    deployments: deployments.map(({ id, function: deployed, version, at }) => ({
      id,
      function: deployed,
      version,
      at,
    })),
    brokeFirst,
    viewPath: viewPath(asked, contrasts, name),
  };
}

/** A dependency whose calls went wrong no later than the runs did broke first. */
function whoBrokeFirst(
  peers: readonly BadPeer[],
  { from }: RunsAsked,
  functionName: string | null,
): Diagnosis['brokeFirst'] {
  const earlier = peers.find(({ firstBadAt }) => firstBadAt.getTime() <= from.getTime() + minuteMs);
  if (earlier !== undefined)
    return { kind: 'dependency', name: earlier.name, at: earlier.firstBadAt.toISOString() };
  return functionName === null ? null : { kind: 'function', name: functionName, at: from.toISOString() };
}

/** Where the start is not known: a dependency whose failed calls are at least half as many as the failed runs. */
function mostlyBehind(peers: readonly BadPeer[], bad: number): Diagnosis['brokeFirst'] {
  const [peer] = peers;
  if (peer === undefined || 2 * peer.failed < bad) return null;
  return { kind: 'dependency', name: peer.name, at: peer.firstBadAt.toISOString() };
}

/** Calls, not runs: a failed call is in a failed run more often than not, but that is not counted. */
function peerContrast({ name, calls, failed }: BadPeer): Contrast {
  return {
    dimension: 'dependency',
    value: name,
    badShareRatio: calls === 0 ? 0 : Math.min(1, failed / calls),
    goodShareRatio: 0,
    bad: failed,
    total: calls,
    isNew: false,
  };
}

/** The debug view of the function with what sets the failures apart. */
function viewPath(
  { from, to, environment }: RunsAsked,
  contrasts: readonly Contrast[],
  name: string | null,
): string {
  const params = new URLSearchParams({ from: String(from.getTime()), to: String(to.getTime()) });
  if (environment !== '') params.set('environment', environment);
  for (const { dimension, value } of contrasts) {
    if (dimension === 'version') params.set('version', value);
    if (dimension === 'cold') params.set('cold', String(value === 'cold'));
    if (dimension === 'error') params.set('error', value);
    if (dimension === 'environment') params.set('environment', value);
  }
  return name === null ? `/?${params}` : `/functions/${encodeURIComponent(name)}?${params}`;
}
