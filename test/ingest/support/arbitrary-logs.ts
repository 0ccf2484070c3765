import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { attributes, id, startNs, text, value } from './arbitrary-request.js';
import { receivedAtMs } from './decode.js';
import { attributeText, first, map } from './expected-rows.js';
import type { LogRow } from './read-signal-rows.js';

const time = fc.oneof(startNs.map(String), fc.constant('0'));
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const logRecord = fc.record({
  timeUnixNano: time,
  observedTimeUnixNano: time,
  severityNumber: fc.integer({ min: 0, max: 24 }),
  severityText: text,
  body: value,
  attributes,
  droppedAttributesCount: u32,
  flags: u32,
  traceId: fc.oneof(id(16), fc.constant(Buffer.alloc(0))),
  spanId: fc.oneof(id(8), fc.constant(Buffer.alloc(0))),
  eventName: text,
});

/** Any ExportLogsServiceRequest of storable records, as protobufjs takes it. */
export const arbitraryLogs = fc.record({
  resourceLogs: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeLogs: fc.array(
        fc.record({ scope: fc.record({ name: text }), logRecords: fc.array(logRecord, { maxLength: 4 }) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});

type Generated<T> = T extends fc.Arbitrary<infer Inner> ? Inner : never;
type LogsRequest = Generated<typeof arbitraryLogs>;

const kinds = {
  stringValue: 'string',
  boolValue: 'bool',
  intValue: 'int',
  doubleValue: 'double',
  arrayValue: 'array',
  kvlistValue: 'map',
  bytesValue: 'bytes',
};

/** The rows of `logs` that a request must become. */
export function expectedLogRows(request: LogsRequest): LogRow[] {
  const now = BigInt(receivedAtMs) * 1_000_000n;
  return request.resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record) => {
        const at = BigInt(record.timeUnixNano);
        const observed = BigInt(record.observedTimeUnixNano);
        const kind = Object.entries(kinds).find(([key]) => key in record.body);
        return {
          tenant: 'default',
          environment: first(resource.attributes, ['deployment.environment.name']) ?? '',
          service: first(resource.attributes, ['service.name', 'faas.name']) ?? 'unknown_service',
          function:
            first(record.attributes, ['faas.name']) ??
            first(resource.attributes, ['faas.name', 'service.name']) ??
            '',
          atNs: at || observed || now,
          observedNs: observed || at || now,
          severity: record.severityNumber,
          severityText: record.severityText,
          eventName: record.eventName,
          body: attributeText(record.body),
          bodyKind: kind?.[1] ?? 'none',
          invocationId: first(record.attributes, ['faas.invocation_id']) ?? '',
          traceId: record.traceId.toString('hex').padEnd(32, '0'),
          spanId: record.spanId.toString('hex').padEnd(16, '0'),
          flags: record.flags,
          scope: scope.name,
          resource: map(resource.attributes),
          attributes: map(record.attributes),
          droppedAttributes: record.droppedAttributesCount,
          receivedAtMs: BigInt(receivedAtMs),
        };
      }),
    ),
  );
}
