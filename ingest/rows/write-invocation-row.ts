import { type Invocation, outcomes } from '../classify/invocation.js';
import type { ErrorGroup } from '../errors/error-group.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { durationNs } from '../otlp/span-refusal.js';
import type { Usage } from '../usage/usage-of.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import { writeParentId } from './write-span-row.js';

/** A run, what it puts on the bill, and the group of its error. */
type RowOfRun = { invocation: Invocation; usage: Usage; failure: ErrorGroup | null; span: SpanRecord };

/** Writes one row of `invocations` in RowBinary; the order is that of `invocationsColumns`. */
export function writeInvocationRow(
  writer: ByteWriter,
  tenant: string,
  { invocation, usage, failure, span }: RowOfRun,
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
  writer.string(invocation.arch);
  writer.string(invocation.instance);
  writer.string(invocation.trigger);
  writer.u64Number(invocation.memoryBytes);
  writer.u64Number(invocation.memoryUsedBytes);
  writer.u16(invocation.httpStatus);
  writer.string(invocation.errorType);
  writer.string(invocation.errorMessage);
  writer.u64(failure?.hashLo ?? 0, failure?.hashHi ?? 0);
  writer.string(invocation.invocationId);
  writer.string(invocation.deliveryId);
  writeNullableU32(writer, invocation.eventAgeMs);
  writeNullableU32(writer, invocation.payloadBytes);
  writer.string(invocation.product);
  writer.string(invocation.feature);
  writer.string(invocation.customer);
  writeTags(writer, invocation.tags);
  writer.f64(invocation.weight);
  writer.string(usage.billing);
  writer.u64Number(usage.billedMs);
  writer.u32(usage.memoryMb);
  writer.u64Number(usage.cpuUs);
  writer.u32(usage.requestUnits);
  writer.copy(span.bytes, span.traceId.start, span.traceId.end);
  writer.copy(span.bytes, span.spanId.start, span.spanId.end);
  writeParentId(writer, span);
  writer.u64Number(receivedAtMs);
}

function writeNullableU32(writer: ByteWriter, value: number | null): void {
  writer.u8(value === null ? 1 : 0);
  if (value !== null) writer.u32(value);
}

function writeTags(writer: ByteWriter, tags: ReadonlyMap<string, string>): void {
  writer.varint(tags.size);
  for (const [key, value] of tags) {
    writer.string(key);
    writer.string(value);
  }
}
