import type { Delivery } from '../firehose/firehose-envelope.js';
import type { OtlpEncoding } from '../http/media-type.js';
import type { RequestRefusal } from '../http/otlp-refusal.js';
import type { Received } from '../received.js';
import type { SignalName } from '../signal.js';
import type { MadeRows } from '../spool/commit-batch.js';
import type { KnowledgeState } from './knowledge.js';

/** One request on its way to the thread. The bytes are handed over, not copied. */
export type Job = {
  readonly signal: SignalName;
  readonly tenant: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding: OtlpEncoding;
  readonly delivery: Delivery | null;
  readonly nowMs: number;
  readonly knowledge: KnowledgeState;
};

/** What the thread made of it. */
export type Outcome =
  | {
      readonly kind: 'rows';
      readonly received: Omit<Received, 'durable'>;
      readonly tables: readonly MadeRows[];
      readonly knowledge: KnowledgeState;
    }
  | { readonly kind: 'refused'; readonly reason: RequestRefusal; readonly message: string }
  /** A fault of ours. */
  | { readonly kind: 'failed'; readonly error: Error };
