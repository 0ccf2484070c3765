import { type AnyValueReader, anyValueKinds, anyValueText } from '../otlp/any-value.js';
import { writeJson } from '../otlp/any-value-json.js';
import type { LogRecord } from '../otlp/log-record.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { parseAzureLine } from './azure-line.js';
import { parseEndLine } from './end-line.js';
import { parseGoogleLine } from './google-line.js';
import { mayBeReport } from './may-be-report.js';
import type { PlatformReport } from './platform-report.js';
import { parseReportLine } from './report-line.js';
import { parseReportRecord } from './report-record.js';
import { parseWorkerRecord } from './worker-record.js';

/** The platform's report that a log record holds, or null: of the many records nearly none does. */
export function readReport(record: LogRecord, value: AnyValueReader): PlatformReport | null {
  if (!mayBeReport(record, value)) return null;
  const { bytes, body, attributes } = record;
  const knownId = attributes.text('faas.invocation_id') ?? attributes.text('aws.request_id') ?? '';
  const type = attributes.text('type') ?? '';
  const worker = parseWorkerRecord(attributes);
  if (worker !== null) return worker;
  if (value.kind === anyValueKinds.kvlist) {
    const json = new ByteWriter();
    writeJson(json, bytes, body.start, body.end);
    return parseReportRecord(parseJson(json.view().toString()), type, knownId);
  }
  if (value.kind !== anyValueKinds.string) return null;
  const text = anyValueText(value, bytes).trim();
  if (text.startsWith('{')) return parseReportRecord(parseJson(text), type, knownId);
  const executionId = attributes.text('gcp.label.execution_id') ?? attributes.text('execution_id') ?? knownId;
  return (
    parseReportLine(text) ??
    parseEndLine(text, knownId) ??
    parseAzureLine(text) ??
    parseGoogleLine(text, executionId) ??
    doneBesideText(type, text, knownId)
  );
}

/** The Collector's extension writes a runtimeDone as text: its status is a word in it. */
function doneBesideText(type: string, text: string, knownId: string): PlatformReport | null {
  if (type !== 'platform.runtimeDone') return null;
  const status = /\bStatus: (\w+)/.exec(text)?.[1];
  return status === undefined ? null : parseReportRecord({ status }, type, knownId);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
