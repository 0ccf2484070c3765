import { SpanClassifier } from '../classify/classify-span.js';
import type { ClassificationRules } from '../classify/rules/classification-rules.js';
import { spanStatuses } from '../classify/span-facts.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { RememberedAttributes } from '../otlp/remembered-attributes.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { durationNs } from '../otlp/span-refusal.js';
import type { TraceVisitor } from '../otlp/trace-decoder.js';
import { isTooDeep } from '../rows/item-tally.js';
import type { KeptTraces } from './kept-traces.js';
import type { KeepReason } from './sampling-tally.js';

/** Looks through a request, before its rows are written, for traces with an error, a slow span or a cold start. */
export class NotableTraces implements TraceVisitor {
  readonly #kept: KeptTraces;
  readonly #slowNs: number;
  readonly #resource = new RememberedAttributes();
  /** One of its own: what the rows' classifier remembers from span to span must not be taken twice. */
  readonly #classifier: SpanClassifier;

  constructor(kept: KeptTraces, slowMs: number, rules: ClassificationRules) {
    this.#classifier = new SpanClassifier(rules);
    this.#kept = kept;
    this.#slowNs = slowMs * 1e6;
  }

  resource(attributes: AttributeList): void {
    this.#resource.of(attributes);
    this.#classifier.resource('', this.#resource);
  }

  scope(): void {
    // Nothing about a scope makes a trace notable.
  }

  span(span: SpanRecord): void {
    if (span.traceId.length !== 16) return;
    try {
      const reason = this.#reason(span);
      if (reason !== null) this.#kept.keep(span.bytes, span.traceId.start, reason);
    } catch (error) {
      // Such a span is refused alone when its row is written.
      if (!isTooDeep(error)) throw error;
    }
  }

  #reason(span: SpanRecord): KeepReason | null {
    if (span.status === spanStatuses.error) return 'error';
    const invocation = this.#classifier.classify(span);
    if (invocation !== null && invocation.outcome !== 'ok') return 'error';
    if (durationNs(span) >= this.#slowNs) return 'slow';
    return invocation?.cold === true ? 'cold' : null;
  }
}
