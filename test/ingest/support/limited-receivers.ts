import type { LimitSettings } from '../../../ingest/limits/limit-settings.js';
import { NamesInUse } from '../../../ingest/limits/tenant-names.js';
import { ItemReceiver } from '../../../ingest/receive-items.js';
import { TraceReceiver } from '../../../ingest/receive-traces.js';
import { Redactor } from '../../../ingest/redact/redactor.js';
import { openSamplers } from '../../../ingest/sampling/open-samplers.js';
import type { SamplingSettings } from '../../../ingest/sampling/sampler.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { receivedAtMs } from './decode.js';
import { defaultRules } from './default-rules.js';
import { readInvocationRows, readSpanRows } from './read-rows.js';
import { readLogRows, readMetricPointRows } from './read-signal-rows.js';
import { keepEverything, wideLimits } from './wide-limits.js';

/** The receivers of all signals under some limits, as one process has them; they share what they know of tenants. */
export function limitedReceivers(
  limits: Partial<LimitSettings>,
  sampling: SamplingSettings = keepEverything,
) {
  const sinks = [0, 1, 2, 3, 4, 5, 6].map(() => ({ writer: new ByteWriter(64), rows: 0 }));
  const clock = { nowMs: receivedAtMs };
  const deps = {
    write: <Result>(_tenant: string, fill: (all: typeof sinks) => Result) => {
      for (const sink of sinks) {
        sink.writer.clear();
        sink.rows = 0;
      }
      return { result: fill(sinks), durable: Promise.resolve() };
    },
    nowMs: () => clock.nowMs,
    times: { maxAgeMs: () => 90 * 86_400_000, maxAheadMs: 86_400_000 },
    redactor: new Redactor({ rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) }),
    names: new NamesInUse({ ...wideLimits, ...limits }, 1),
    samplers: openSamplers(sampling, defaultRules),
  };
  const traces = new TraceReceiver(deps, defaultRules);
  const metrics = ItemReceiver.metrics(deps, 4);
  const logs = ItemReceiver.logs(deps, { items: 5, errors: 3, reports: 6 });
  const rows = (place: number) => Uint8Array.from(sinks[place]?.writer.view() ?? []);
  return {
    clock,
    /** A request as bytes of protobuf, and what became of its items. */
    raw: (signal: 'traces' | 'metrics' | 'logs', body: Uint8Array) => {
      if (signal !== 'traces') {
        return (signal === 'logs' ? logs : metrics).receive('default', [body], 'protobuf', null);
      }
      const { spans, refused } = traces.receive('default', body, 'protobuf', null).tally;
      return { accepted: spans, refused };
    },
    traces: (body: Uint8Array, tenant = 'default') => {
      const { tally, notes } = traces.receive(tenant, body, 'json', null);
      return {
        tally,
        notes,
        invocations: readInvocationRows(rows(0)),
        spans: readSpanRows(rows(1), new Map()),
      };
    },
    metrics: (body: Uint8Array, tenant = 'default') => {
      const received = metrics.receive(tenant, [body], 'json', null);
      return { received, notes: received.notes, points: readMetricPointRows(rows(4)) };
    },
    logs: (body: Uint8Array, tenant = 'default') => {
      const received = logs.receive(tenant, [body], 'json', null);
      return { received, notes: received.notes, logs: readLogRows(rows(5)) };
    },
  };
}
