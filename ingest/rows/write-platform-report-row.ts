import { Buffer } from 'node:buffer';
import { outcomes } from '../classify/invocation.js';
import type { PlatformReport } from '../reports/platform-report.js';
import type { ReportOwner } from '../reports/report-owner.js';
import type { ByteWriter } from '../wire/byte-writer.js';

const bytesPerMb = 1024 * 1024;
const nsPerMs = 1e6;
/** A run of more than a hundred days is no figure but garbage. */
const longestMs = 8.6e9;

export type ToldReport = {
  owner: ReportOwner;
  report: PlatformReport;
  atNs: bigint;
  /** Ids of the log record itself, 32 and 16 hex digits or ''. */
  traceId: string;
  spanId: string;
};

/** Writes one row of `platform_reports` in RowBinary; the order is that of `platformReportsColumns`. */
export function writePlatformReportRow(
  writer: ByteWriter,
  tenant: string,
  { owner, report, atNs, traceId, spanId }: ToldReport,
  receivedAtMs: number,
): void {
  writer.string(tenant);
  writer.string(owner.environment);
  writer.string(owner.function);
  writer.u64(Number(atNs & 0xffffffffn), Number(atNs >> 32n) & 0x7fffffff);
  writer.string(report.invocationId);
  writer.u8(outcomes[report.outcome]);
  writer.string(report.errorType);
  writer.string(report.errorMessage);
  writer.u64Number(nanoseconds(report.durationMs));
  writer.u64Number(Math.round(Math.min(report.billedMs, longestMs)));
  writer.u64Number(nanoseconds(report.initMs));
  writer.u64Number(memory(report.memoryMb) || owner.memoryBytes);
  writer.u64Number(memory(report.memoryUsedMb));
  writer.string(owner.provider);
  writer.string(owner.platform);
  writer.string(owner.region);
  writer.string(owner.account);
  writer.string(owner.team);
  writer.string(owner.version);
  writer.string(owner.alias);
  writer.string(owner.arch);
  writer.string(owner.instance);
  writeHex(writer, traceId || report.traceId, 16);
  writeHex(writer, spanId, 8);
  writer.u64Number(receivedAtMs);
}

function nanoseconds(ms: number): number {
  return Math.round(Math.min(ms, longestMs) * nsPerMs);
}

function memory(mb: number): number {
  return Math.round(Math.min(mb, bytesPerMb) * bytesPerMb);
}

function writeHex(writer: ByteWriter, hex: string, length: number): void {
  if (hex.length !== length * 2) writer.zeros(length);
  else writer.copy(Buffer.from(hex, 'hex'), 0, length);
}
