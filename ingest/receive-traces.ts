import type { RequestMark } from './duplicates/request-mark.js';
import type { OtlpEncoding } from './http/media-type.js';
import { TraceDecoder } from './otlp/trace-decoder.js';
import { ExportTraceServiceRequest } from './otlp/trace-fields.js';
import type { ReceiverDeps } from './received.js';
import { invocationsColumns } from './rows/invocations-columns.js';
import { resourcesColumns } from './rows/resources-columns.js';
import { spansColumns } from './rows/spans-columns.js';
import { TraceRows, type TraceTally } from './rows/trace-rows.js';
import type { SpoolTable } from './spool/spool-types.js';
import { WireBody } from './wire-body.js';

/** The tables traces end in. The order is that of the sinks below. */
export const traceTables: readonly SpoolTable[] = [
  { table: 'invocations', columns: invocationsColumns },
  { table: 'spans', columns: spansColumns },
  { table: 'resources', columns: resourcesColumns },
];

type ReceivedTraces = { tally: TraceTally; ignoredFields: number; durable: Promise<void> };

/** Turns a request body into rows in the spool. Throws a WireError, leaving nothing behind, when it is unreadable. */
export class TraceReceiver {
  readonly #deps: ReceiverDeps;
  readonly #decoder = new TraceDecoder();
  readonly #wire: WireBody;
  readonly #rows = new TraceRows();

  constructor(deps: ReceiverDeps) {
    this.#deps = deps;
    this.#wire = new WireBody(deps.redactor);
  }

  receive(
    tenant: string,
    body: Uint8Array,
    encoding: OtlpEncoding,
    mark: RequestMark | null,
  ): ReceivedTraces {
    const { bytes, ignoredFields } = this.#wire.read(body, encoding, ExportTraceServiceRequest);
    const now = this.#deps.nowMs();
    const { maxAgeMs, maxAheadMs } = this.#deps.times;
    const spansFromMs = now - maxAgeMs('spans', tenant);
    const invocationsFromMs = now - maxAgeMs('invocations', tenant);
    const fromMs = Math.min(spansFromMs, invocationsFromMs);
    const window = { fromMs, toMs: now + maxAheadMs, spansFromMs, invocationsFromMs };
    const { result, durable } = this.#deps.write(
      tenant,
      ([invocations, spans, resources]) => {
        if (invocations === undefined || spans === undefined || resources === undefined)
          throw new Error('The spool has no sink for traces');
        const tally = this.#rows.begin({ invocations, spans, resources }, tenant, Math.floor(now), window);
        this.#decoder.decode(bytes, this.#rows);
        return tally;
      },
      mark,
    );
    const remember = this.#rows.remembering();
    // Rows that did not reach the disk are not known, so the next request writes them again.
    if (remember !== null) durable.then(remember, () => undefined);
    return { tally: result, ignoredFields, durable };
  }
}
