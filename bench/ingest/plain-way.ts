import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { messageType } from '../../test/ingest/support/otlp-proto.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { lambdaPayload } from './lambda-payload.js';

const structure = `
  tenant LowCardinality(String), environment LowCardinality(String), service LowCardinality(String),
  name LowCardinality(String), kind UInt8, started_at DateTime64(9, 'UTC'), duration_ns UInt64, status UInt8,
  status_message String, trace_id FixedString(16), span_id FixedString(8), parent_span_id FixedString(8),
  scope LowCardinality(String), resource Map(LowCardinality(String), String),
  attributes Map(LowCardinality(String), String), received_at DateTime64(3, 'UTC')`;

const CREATE = `
  CREATE TABLE plain_spans (${structure}) ENGINE = MergeTree
  PARTITION BY toYYYYMMDD(started_at) ORDER BY (tenant, trace_id, started_at)`;

const INSERT = `
  INSERT INTO plain_spans SELECT * FROM file({path: String}, 'JSONEachRow', {structure: String})`;

type Text = string | undefined;
type KeyValue = { key?: Text; value?: { stringValue?: Text; intValue?: Text; boolValue?: boolean } };
type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: KeyValue[];
};
type Request = {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: { scope: { name: string }; spans: Span[] }[];
  }[];
};

/**
 * What one writes first: protobufjs to objects, objects to JSON lines, lines into ClickHouse. Spans only, no
 * invocations, no sync before the answer and no HTTP, so the comparison flatters it.
 */
export async function plainWay(
  warehouse: Warehouse,
  directory: string,
  requests: number,
): Promise<{ cpuSecondsPerMillion: number; spansPerSecond: number }> {
  const type = messageType('ExportTraceServiceRequest');
  const { body, items: spans } = lambdaPayload(512, Math.random);
  const path = join(directory, 'plain.jsonl');
  await warehouse.command(CREATE);
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const perInsert = 50;
  for (let sent = 0; sent < requests; sent += perInsert) {
    const lines: string[] = [];
    for (let index = 0; index < perInsert; index++) {
      const { resourceSpans } = type.toObject(type.decode(body), { longs: String, bytes: String });
      for (const line of toLines({ resourceSpans })) lines.push(line);
    }
    await writeFile(path, lines.join('\n'));
    await warehouse.command(INSERT, { path, structure });
  }
  const { user, system } = process.cpuUsage(before);
  const elapsedMs = performance.now() - startedMs;
  await rm(path);
  const sent = requests * spans;
  return { cpuSecondsPerMillion: (user + system) / sent, spansPerSecond: (sent / elapsedMs) * 1000 };
}

/** Ids stay base64, cut to the width of their columns: their text does not matter here. */
function toLines({ resourceSpans }: Request): string[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const resourceMap = toMap(resource.attributes);
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) =>
        JSON.stringify({
          tenant: 'plain',
          environment: resourceMap['deployment.environment.name'] ?? '',
          service: resourceMap['service.name'] ?? '',
          name: span.name,
          kind: span.kind,
          started_at: toDateTime(span.startTimeUnixNano),
          duration_ns: String(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
          status: 0,
          status_message: '',
          trace_id: span.traceId.slice(0, 16),
          span_id: span.spanId.slice(0, 8),
          parent_span_id: (span.parentSpanId ?? '').slice(0, 8),
          scope: scope.name,
          resource: resourceMap,
          attributes: toMap(span.attributes ?? []),
          received_at: toDateTime(span.endTimeUnixNano).slice(0, 14),
        }),
      ),
    );
  });
}

function toMap(pairs: KeyValue[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map(({ key, value }) => [
      key,
      value?.stringValue ?? value?.intValue ?? String(value?.boolValue ?? ''),
    ]),
  );
}

/** Seconds with nine decimals, which ClickHouse reads as a DateTime64. */
function toDateTime(ns: string): string {
  return `${ns.slice(0, -9)}.${ns.slice(-9)}`;
}
