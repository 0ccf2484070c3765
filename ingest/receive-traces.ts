import type { InitSpans } from './classify/init-spans.js';
import type { ClassificationRules } from './classify/rules/classification-rules.js';
import type { RequestMark } from './duplicates/request-mark.js';
import type { OtlpEncoding } from './http/media-type.js';
import { RequestLimits } from './limits/request-limits.js';
import { TraceDecoder } from './otlp/trace-decoder.js';
import { ExportTraceServiceRequest } from './otlp/trace-fields.js';
import type { ReceivedNotes, ReceiverDeps } from './received.js';
import { invocationsColumns } from './rows/invocations-columns.js';
import { resourcesColumns } from './rows/resources-columns.js';
import { spanErrorsColumns } from './rows/span-errors-columns.js';
import { spansColumns } from './rows/spans-columns.js';
import { TraceRows, type TraceTally } from './rows/trace-rows.js';
import type { SpoolTable } from './spool/spool-types.js';
import { WireBody } from './wire-body.js';

export const spanErrorsTable: SpoolTable = { table: 'span_errors', columns: spanErrorsColumns };

/** The tables traces end in. The order is that of the sinks below. */
export const traceTables: readonly SpoolTable[] = [
  { table: 'invocations', columns: invocationsColumns },
  { table: 'spans', columns: spansColumns },
  { table: 'resources', columns: resourcesColumns },
  spanErrorsTable,
];

type ReceivedTraces = {
  tally: TraceTally;
  ignoredFields: number;
  notes: ReceivedNotes;
  durable: Promise<void>;
};

/** Turns a request body into rows in the spool. Throws a WireError, leaving nothing behind, when it is unreadable. */
export class TraceReceiver {
  readonly #deps: ReceiverDeps;
  readonly #limits: RequestLimits;
  readonly #decoder: TraceDecoder;
  readonly #wire: WireBody;
  readonly #rows: TraceRows;

  constructor(deps: ReceiverDeps, rules: ClassificationRules, inits?: InitSpans) {
    this.#deps = deps;
    this.#wire = new WireBody(deps.redactor);
    this.#limits = new RequestLimits(deps.names);
    this.#decoder = new TraceDecoder(this.#limits);
    this.#rows = new TraceRows(rules, this.#limits, deps.samplers.spans, inits);
  }

  receive(
    tenant: string,
    body: Uint8Array,
    encoding: OtlpEncoding,
    mark: RequestMark | null,
  ): ReceivedTraces {
    const { redactor, samplers } = this.#deps;
    redactor.takeRecent();
    const { bytes, ignoredFields } = this.#wire.read(body, encoding, ExportTraceServiceRequest);
    const now = this.#deps.nowMs();
    const { maxAgeMs, maxAheadMs } = this.#deps.times;
    const spansFromMs = now - maxAgeMs('spans', tenant);
    const invocationsFromMs = now - maxAgeMs('invocations', tenant);
    const fromMs = Math.min(spansFromMs, invocationsFromMs);
    const window = { fromMs, toMs: now + maxAheadMs, spansFromMs, invocationsFromMs };
    if (samplers.notable !== null) {
      this.#limits.begin(tenant, now);
      this.#decoder.decode(bytes, samplers.notable);
    }
    this.#limits.begin(tenant, now);
    const { result, durable } = this.#deps.write(
      tenant,
      ([invocations, spans, resources, errors]) => {
        if (
          invocations === undefined ||
          spans === undefined ||
          resources === undefined ||
          errors === undefined
        )
          throw new Error('The spool has no sink for traces');
        const sinks = { invocations, spans, resources, errors };
        const tally = this.#rows.begin(sinks, tenant, Math.floor(now), window);
        this.#decoder.decode(bytes, this.#rows);
        this.#rows.finish();
        return tally;
      },
      mark,
    );
    const remember = this.#rows.remembering();
    // Rows that did not reach the disk are not known, so the next request writes them again.
    if (remember !== null) durable.then(remember, () => undefined);
    const { service, sdk } = this.#rows.source;
    const notes = {
      limits: this.#limits.counts(),
      sampling: samplers.spans?.counts ?? null,
      redactions: redactor.takeRecent(),
      service,
      sdk,
      malformedTraceStates: result.malformedTraceStates,
      invocationsOnly: result.invocationsOnly,
    };
    return { tally: result, ignoredFields, notes, durable };
  }
}
