import type { Tenant } from '../../schemas/access.js';
import type { IngestCounters } from '../counters.js';
import type { KnownRequests } from '../duplicates/known-requests.js';
import { bodyMark, type RequestMark } from '../duplicates/request-mark.js';
import type { OtlpEncoding } from '../http/media-type.js';
import { OtlpRefusal, retryLater } from '../http/otlp-refusal.js';
import type { Receivers } from '../open-receivers.js';
import { partialSuccess } from '../received.js';
import { TooMuchError } from '../rows/request-bounds.js';
import type { Signal } from '../signal.js';
import { WireError } from '../wire/wire-error.js';
import type { TenantRates } from './tenant-rates.js';

export type StoreDeps = {
  receivers: Receivers;
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
  /** Inflated; stored together or not at all. */
  bodies: readonly Uint8Array[];
  encoding: OtlpEncoding;
  startedMs: number;
  /** Of a request that has an id of its own; others are known by their bytes. */
  mark?: RequestMark;
};

export type Stored = { accepted: number; rejected: number; message: string };

/** Stores one export request, unless it was before, and counts it; resolves when its rows are on disk. */
export async function storeExport(deps: StoreDeps, request: Export): Promise<Stored> {
  deps.rates.tookBytes(request.tenant, request.wireBytes, deps.nowMs());
  const mark = markOf(deps, request);
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

function markOf({ refusesSameBodies }: StoreDeps, request: Export): RequestMark | null {
  const { mark, signal, tenant, bodies, startedMs } = request;
  if (mark !== undefined) return mark;
  const [body] = bodies;
  return body === undefined || !refusesSameBodies ? null : bodyMark(tenant, signal.name, body, startedMs);
}

async function store(deps: StoreDeps, request: Export, mark: RequestMark | null): Promise<Stored> {
  const { counters, nowMs } = deps;
  const { signal, tenant, sender, wireBytes, bodies, encoding } = request;
  try {
    const received = deps.receivers[signal.name](tenant, bodies, encoding, mark);
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
    if (error instanceof TooMuchError) throw new OtlpRefusal('too-large', error.message);
    if (error instanceof WireError) throw new OtlpRefusal('undecodable', error.message);
    throw error;
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
