import { Buffer } from 'node:buffer';
import { AnyValueReader } from '../otlp/any-value.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import type { LogRecord } from '../otlp/log-record.js';
import type { Slice } from '../otlp/slice.js';
import { mergeReports } from '../reports/platform-report.js';
import { readReport } from '../reports/read-report.js';
import { reportOwner } from '../reports/report-owner.js';
import type { RowSink } from './row-sink.js';
import { type ToldReport, writePlatformReportRow } from './write-platform-report-row.js';

/** One run is told of within so long. */
const sameRunNs = 30_000_000_000n;
/** Records of one run may be stamped by different clocks. */
const slackNs = 5_000_000_000n;

/** Collects the platform's reports among the logs of one request: several records of one run become one row. */
export class ReportRows {
  readonly #value = new AnyValueReader();
  readonly #told = new Map<string, ToldReport[]>();

  /** For each stored log record. Costs a few comparisons of bytes when it is no report. */
  item(record: LogRecord, resource: AttributeList, receivedAtMs: number): void {
    const report = readReport(record, this.#value);
    if (report === null) return;
    const owner = reportOwner(resource, record.attributes, report);
    if (owner.function === '') return;
    const told: ToldReport = {
      owner,
      report,
      atNs: timeOf(record, receivedAtMs),
      traceId: hex(record.bytes, record.traceId),
      spanId: hex(record.bytes, record.spanId),
    };
    const key = `${owner.function}\n${owner.environment}\n${report.invocationId}`;
    const runs = this.#told.get(key) ?? [];
    this.#told.set(key, runs);
    const same = nearest(runs, told);
    if (same === undefined) runs.push(told);
    else runs[runs.indexOf(same)] = merge(same, told);
  }

  /** Writes what was collected since the last time. */
  flush(sink: RowSink, tenant: string, receivedAtMs: number): void {
    for (const runs of this.#told.values()) {
      for (const told of runs) {
        writePlatformReportRow(sink.writer, tenant, told, receivedAtMs);
        sink.rows++;
      }
    }
    this.#told.clear();
  }

  /** Forgets a request that was refused half-way. */
  clear(): void {
    this.#told.clear();
  }
}

/** The run that is told of here, among those of the invocation told before; undefined when it is another one. */
function nearest(runs: readonly ToldReport[], told: ToldReport): ToldReport | undefined {
  const between = (run: ToldReport) => abs(run.atNs - told.atNs);
  return runs
    .filter((run) => between(run) <= sameRunNs && mayOverlap(run, told))
    .reduce<ToldReport | undefined>(
      (best, run) => (best === undefined || between(run) < between(best) ? run : best),
      undefined,
    );
}

/** A retry has the id of the attempt before it, and starts after that has ended. */
function mayOverlap(one: ToldReport, other: ToldReport): boolean {
  const [earlier, later] = isLater(one, other) ? [other, one] : [one, other];
  if (later.report.durationMs === 0) return true;
  const startNs = later.atNs - BigInt(Math.round(later.report.durationMs * 1e6));
  return startNs <= earlier.atNs + slackNs;
}

function merge(one: ToldReport, other: ToldReport): ToldReport {
  return {
    owner: one.owner,
    report: mergeReports(one.report, other.report),
    atNs: isLater(one, other) ? one.atNs : other.atNs,
    traceId: one.traceId || other.traceId,
    spanId: one.spanId || other.spanId,
  };
}

function isLater(one: ToldReport, other: ToldReport): boolean {
  return one.atNs > other.atNs;
}

function timeOf({ at, observedAt }: LogRecord, receivedAtMs: number): bigint {
  const time = at.isSet ? at : observedAt;
  return time.isSet ? time.ns : BigInt(receivedAtMs) * 1_000_000n;
}

function hex(bytes: Uint8Array, id: Slice): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + id.start, id.length).toString('hex');
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
