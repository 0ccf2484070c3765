import type { AttributeReader } from './known-keys.js';

/** The protobuf numbers, which are also those of the `kind` column. */
export const spanKinds = {
  unspecified: 0,
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
} as const;

export const spanStatuses = { unset: 0, ok: 1, error: 2 } as const;

/**
 * Where a span's parent is. `remote` and `local` are certain: the flags say so, or the parent came in the same batch.
 * `unsure` has a parent of which nothing is known: SDKs of the first generation send no flags.
 */
export type Parentage = 'root' | 'remote' | 'local' | 'unsure';

export type ThrownError = { type: string; message: string; escaped: boolean | null };

/** What classification may ask of a span. */
export interface SpanFacts {
  readonly kind: number;
  readonly status: number;
  readonly attributes: AttributeReader;
  readonly hasParent: boolean;
  /** The flags say that the parent is in another process. */
  readonly saysRemoteParent: boolean;
  parentage(): Parentage;
  /** True when a span above it in the same batch carries an invocation id as well. */
  isInsideInvocation(): boolean;
  /** Trace and span id together, one character a byte. */
  ownKey(): string;
  /** The same of the parent. */
  parentKey(): string;
  /** Unix time. */
  startMs(): number;
  durationNs(): number;
  name(): string;
  statusMessage(): string;
  /** The last `exception` event. */
  exception(): ThrownError | null;
}
