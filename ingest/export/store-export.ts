import type { Tenant } from '../../schemas/access.js';
import type { IngestCounters } from '../counters.js';
import { type Decoder, largeBytes } from '../decoding/decoder.js';
import type { RequestBody } from '../decoding/request-body.js';
import type { KnownRequests } from '../duplicates/known-requests.js';
import { bodyMark, bodyMarkInTurns, deliveryMark, type RequestMark } from '../duplicates/request-mark.js';
import { OtlpRefusal, retryLater } from '../http/otlp-refusal.js';
import { partialSuccess } from '../received.js';
import type { Signal } from '../signal.js';
import { readRefusal } from './read-refusal.js';
import type { TenantRates } from './tenant-rates.js';

export type StoreDeps = {
  decoder: Pick<Decoder, 'receive'>;
  counters: IngestCounters;
  rates: TenantRates;
  known: KnownRequests;
  /** False when requests with the same bytes are all stored. */
  refusesSameBodies: boolean;
  nowMs: () => number;
  recordMs: (name: string, ms: number) => void;
};

export type Export = {
  signal: Signal;
  tenant: Tenant;
  sender: string;
  /** As it came over the wire. */
  wireBytes: number;
  body: RequestBody;
  startedMs: number;
};

export type Stored = { accepted: number; rejected: number; message: string };

/** Stores one export request, unless it was before, and counts it; resolves when its rows are on disk. */
export async function storeExport(deps: StoreDeps, request: Export): Promise<Stored> {
  deps.rates.tookBytes(request.tenant, request.wireBytes, deps.nowMs());
  const mark = await markOf(deps, request);
  if (mark === null) return store(deps, request, null);
  const once = await deps.known.once(
    mark,
    () => store(deps, request, mark),
    ({ accepted }) => accepted > 0,
  );
  if (once.kind === 'stored') return once.result;
  deps.counters.duplicate(request.tenant);
  return { accepted: 0, rejected: 0, message: '' };
}

/** A delivery has an id of its own; other requests are known by their bytes. */
function markOf(
  { refusesSameBodies }: StoreDeps,
  request: Export,
): RequestMark | null | Promise<RequestMark> {
  const { signal, tenant, body, startedMs } = request;
  if (body.delivery !== null) return deliveryMark(tenant, body.delivery.requestId, startedMs);
  if (!refusesSameBodies) return null;
  const hash = body.bytes.length > largeBytes ? bodyMarkInTurns : bodyMark;
  return hash(tenant, signal.name, body.bytes, startedMs);
}

async function store(deps: StoreDeps, request: Export, mark: RequestMark | null): Promise<Stored> {
  const { counters, nowMs } = deps;
  const { signal, tenant, sender, wireBytes, body } = request;
  try {
    const received = await deps.decoder.receive(signal.name, tenant, body, mark);
    await received.durable.catch((error: unknown) => {
      throw retryLater('not-stored', error instanceof Error ? error.message : String(error), 5);
    });
    const atMs = nowMs();
    counters.accepted({ signal: signal.name, tenant, sender, bytes: wireBytes, atMs, received });
    const stored = partialSuccess(received, signal.refusals);
    if (stored.message !== '') {
      counters.badPayload(tenant, { atMs, agent: sender, reason: stored.message });
    }
    deps.recordMs('otlp_ack', nowMs() - request.startedMs);
    return { ...stored, accepted: received.accepted };
  } catch (error) {
    throw readRefusal(error) ?? error;
  }
}

/** Notes whose request failed, and the reason of a body that could not be read; answers the same error. */
export function noteFailure(
  { counters, nowMs }: Pick<StoreDeps, 'counters' | 'nowMs'>,
  { tenant, sender }: { tenant: Tenant; sender: string },
  error: unknown,
): unknown {
  if (!(error instanceof OtlpRefusal)) return error;
  if (error.reason === 'undecodable' || error.reason === 'firehose-envelope') {
    counters.badPayload(tenant, { atMs: nowMs(), agent: sender, reason: error.message });
  }
  return error.ofTenant(tenant);
}
