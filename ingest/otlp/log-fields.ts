import { AnyValue, KeyValue, Resource, Scope } from './common-fields.js';
import { list, type MessageTable, of } from './message-table.js';

/** TRACE, TRACE2, TRACE3, TRACE4, DEBUG, … FATAL4: the numbers 1 to 24. */
const severityNames = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name) => [
  name,
  `${name}2`,
  `${name}3`,
  `${name}4`,
]);

// Source: opentelemetry-proto 1.9 (logs/v1, collector/logs/v1).
export const LogRecordFields = {
  name: 'LogRecord',
  fields: {
    timeUnixNano: { number: 1, type: of('fixed64') },
    severityNumber: {
      number: 2,
      type: { kind: 'enum', prefix: 'SEVERITY_NUMBER_', names: ['UNSPECIFIED', ...severityNames] },
    },
    severityText: { number: 3, type: of('string') },
    body: { number: 5, type: { kind: 'message', message: () => AnyValue } },
    attributes: { number: 6, type: list(() => KeyValue) },
    droppedAttributesCount: { number: 7, type: of('uint32') },
    flags: { number: 8, type: of('fixed32') },
    traceId: { number: 9, type: { kind: 'id' } },
    spanId: { number: 10, type: { kind: 'id' } },
    observedTimeUnixNano: { number: 11, type: of('fixed64') },
    eventName: { number: 12, type: of('string') },
  },
} as const satisfies MessageTable;

const ScopeLogs: MessageTable = {
  name: 'ScopeLogs',
  fields: {
    scope: { number: 1, type: { kind: 'message', message: () => Scope } },
    logRecords: { number: 2, type: list(() => LogRecordFields) },
  },
};

const ResourceLogs: MessageTable = {
  name: 'ResourceLogs',
  fields: {
    resource: { number: 1, type: { kind: 'message', message: () => Resource } },
    scopeLogs: { number: 2, type: list(() => ScopeLogs) },
  },
};

export const ExportLogsServiceRequest = {
  name: 'ExportLogsServiceRequest',
  fields: { resourceLogs: { number: 1, type: list(() => ResourceLogs) } },
} as const satisfies MessageTable;
