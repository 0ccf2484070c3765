import type { InitSpans } from './classify/init-spans.js';
import type { ClassificationRules } from './classify/rules/classification-rules.js';
import type { RequestMark } from './duplicates/request-mark.js';
import type { OtlpEncoding } from './http/media-type.js';
import { ItemReceiver, logsTable, metricPointsTable, platformReportsTable } from './receive-items.js';
import { spanErrorsTable, TraceReceiver, traceTables } from './receive-traces.js';
import type { Received, ReceiverDeps } from './received.js';
import type { SignalName } from './signal.js';
import type { SpoolTable } from './spool/spool-types.js';

/** The tables that ingest writes; a table's place here is its sink's. */
export const ingestTables: readonly SpoolTable[] = [
  ...traceTables,
  metricPointsTable,
  logsTable,
  platformReportsTable,
];

/** Takes whole bodies of one request, all or none; throws a WireError when one is unreadable. */
export type Receive = (
  tenant: string,
  bodies: readonly Uint8Array[],
  encoding: OtlpEncoding,
  mark: RequestMark | null,
) => Received;

export type Receivers = Readonly<Record<SignalName, Receive>>;

/** One receiver a signal; each serves one request after another. */
export function openReceivers(deps: ReceiverDeps, rules: ClassificationRules, inits: InitSpans): Receivers {
  const traces = new TraceReceiver(deps, rules, inits);
  const metrics = ItemReceiver.metrics(deps, ingestTables.indexOf(metricPointsTable));
  const logs = ItemReceiver.logs(deps, {
    items: ingestTables.indexOf(logsTable),
    errors: ingestTables.indexOf(spanErrorsTable),
    reports: ingestTables.indexOf(platformReportsTable),
  });
  return {
    traces: (tenant, bodies, encoding, mark) => {
      const [body, ...others] = bodies;
      if (body === undefined || others.length > 0) throw new Error('A trace request has one body');
      const { tally, ...rest } = traces.receive(tenant, body, encoding, mark);
      const { spans: accepted, invocations, refused } = tally;
      return { ...rest, accepted, invocations, refused };
    },
    metrics: (tenant, bodies, encoding, mark) => metrics.receive(tenant, bodies, encoding, mark),
    logs: (tenant, bodies, encoding, mark) => logs.receive(tenant, bodies, encoding, mark),
  };
}
