import type { WarehouseErrorKind } from './warehouse-error.js';

// Codes and names: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const kindByCode: ReadonlyMap<number, WarehouseErrorKind> = new Map<number, WarehouseErrorKind>([
  // The question was larger than what it may use.
  [158, 'resource-limit'], // TOO_MANY_ROWS
  [159, 'resource-limit'], // TIMEOUT_EXCEEDED
  [160, 'resource-limit'], // TOO_SLOW
  [161, 'resource-limit'], // TOO_MANY_COLUMNS
  [162, 'resource-limit'], // TOO_DEEP_SUBQUERIES
  [191, 'resource-limit'], // SET_SIZE_LIMIT_EXCEEDED
  [241, 'resource-limit'], // MEMORY_LIMIT_EXCEEDED
  [307, 'resource-limit'], // TOO_MANY_BYTES
  [396, 'resource-limit'], // TOO_MANY_ROWS_OR_BYTES
  [290, 'resource-limit'], // LIMIT_EXCEEDED
  [201, 'resource-limit'], // QUOTA_EXCEEDED
  [394, 'cancelled'], // QUERY_WAS_CANCELLED
  [734, 'cancelled'], // QUERY_WAS_CANCELLED_BY_CLIENT
  // The engine is there and will take the same statement a little later.
  [202, 'retryable'], // TOO_MANY_SIMULTANEOUS_QUERIES
  [209, 'retryable'], // SOCKET_TIMEOUT
  [216, 'retryable'], // QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING
  [225, 'retryable'], // NO_ZOOKEEPER
  [242, 'retryable'], // TABLE_IS_READ_ONLY: a replica that lost its keeper session
  [252, 'retryable'], // TOO_MANY_PARTS: merges must catch up
  [285, 'retryable'], // TOO_FEW_LIVE_REPLICAS
  [286, 'retryable'], // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  [319, 'retryable'], // UNKNOWN_STATUS_OF_INSERT: the token makes sending it again safe
  [425, 'retryable'], // SYSTEM_ERROR
  [473, 'retryable'], // DEADLOCK_AVOIDED
  [516, 'unavailable'], // AUTHENTICATION_FAILED
  [999, 'retryable'], // KEEPER_EXCEPTION
  // Nobody to talk to, or nobody who lets us in.
  [192, 'unavailable'], // UNKNOWN_USER
  [193, 'unavailable'], // WRONG_PASSWORD
  [194, 'unavailable'], // REQUIRED_PASSWORD
  [195, 'unavailable'], // IP_ADDRESS_NOT_ALLOWED
  [210, 'unavailable'], // NETWORK_ERROR
  [236, 'unavailable'], // ABORTED: the engine is shutting down
  [243, 'unavailable'], // NOT_ENOUGH_SPACE
  [279, 'unavailable'], // ALL_CONNECTION_TRIES_FAILED
  [745, 'unavailable'], // SERVER_OVERLOADED
]);

/** What a ClickHouse error code means for the caller; what the table does not know is our own mistake. */
export function errorKind(code: number): WarehouseErrorKind {
  return kindByCode.get(code) ?? 'bad-query';
}

const kindBySystemCode: ReadonlyMap<string, WarehouseErrorKind> = new Map<string, WarehouseErrorKind>([
  ['ECONNRESET', 'retryable'],
  ['EPIPE', 'retryable'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'retryable'],
  ['ETIMEDOUT', 'retryable'],
  ['ECONNREFUSED', 'unavailable'],
  ['ENOTFOUND', 'unavailable'],
  ['EAI_AGAIN', 'unavailable'],
  ['EHOSTUNREACH', 'unavailable'],
  ['ENETUNREACH', 'unavailable'],
  ['ENOENT', 'bad-query'], // The segment's file is not where the caller says.
  ['CERT_HAS_EXPIRED', 'unavailable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unavailable'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'unavailable'],
]);

/** What a socket's error code means for the caller, null when it is none we know. */
export function socketErrorKind(code: string): WarehouseErrorKind | null {
  return kindBySystemCode.get(code) ?? null;
}
