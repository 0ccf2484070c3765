import { type Invocation, outcomes } from '../classify/invocation.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { durationNs } from '../otlp/span-refusal.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import { writeParentId } from './write-span-row.js';

/** Writes one row of `invocations` in RowBinary; the order is that of `invocationsColumns`. */
export function writeInvocationRow(
  writer: ByteWriter,
  tenant: string,
  invocation: Invocation,
  span: SpanRecord,
  receivedAtMs: number,
): void {
  writer.string(tenant);
  writer.string(invocation.environment);
  writer.string(invocation.function);
  writer.u64(span.startLo, span.startHi);
  writer.u64Number(durationNs(span));
  writer.u8(outcomes[invocation.outcome]);
  writer.u8(invocation.cold ? 1 : 0);
  writer.u64Number(invocation.initNs);
  writer.string(invocation.provider);
  writer.string(invocation.platform);
  writer.string(invocation.region);
  writer.string(invocation.account);
  writer.string(invocation.team);
  writer.string(invocation.version);
  writer.string(invocation.alias);
  writer.string(invocation.instance);
  writer.string(invocation.trigger);
  writer.u64Number(invocation.memoryBytes);
  writer.u16(invocation.httpStatus);
  writer.string(invocation.errorType);
  writer.string(invocation.errorMessage);
  writer.string(invocation.invocationId);
  writer.copy(span.bytes, span.traceId.start, span.traceId.end);
  writer.copy(span.bytes, span.spanId.start, span.spanId.end);
  writeParentId(writer, span);
  writer.u64Number(receivedAtMs);
}
