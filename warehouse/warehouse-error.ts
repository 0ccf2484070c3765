/**
 * What a failed statement means for the caller:
 * `retryable` try again shortly; `bad-query` our own mistake, never retry; `resource-limit` the question was too
 * large for its limits; `unavailable` no engine to talk to; `cancelled` the caller gave up; `overloaded` the lane's
 * queue is full.
 */
export type WarehouseErrorKind =
  | 'retryable'
  | 'bad-query'
  | 'resource-limit'
  | 'unavailable'
  | 'cancelled'
  | 'overloaded';

export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly kind: WarehouseErrorKind;
  /** ClickHouse's error code, null when the failure never reached the engine. */
  readonly code: number | null;
  readonly queryId: string | null;

  constructor(
    kind: WarehouseErrorKind,
    message: string,
    details: { code?: number | null; queryId?: string | null; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.kind = kind;
    this.code = details.code ?? null;
    this.queryId = details.queryId ?? null;
  }
}
