import { KeyValue, Resource, Scope } from './common-fields.js';
import { list, type MessageTable, of } from './message-table.js';

// Source: opentelemetry-proto 1.9 (trace/v1, collector/trace/v1).
export const Status = {
  name: 'Status',
  fields: {
    message: { number: 2, type: of('string') },
    code: { number: 3, type: { kind: 'enum', prefix: 'STATUS_CODE_', names: ['UNSET', 'OK', 'ERROR'] } },
  },
} as const satisfies MessageTable;

export const Event = {
  name: 'Span.Event',
  fields: {
    timeUnixNano: { number: 1, type: of('fixed64') },
    name: { number: 2, type: of('string') },
    attributes: { number: 3, type: list(() => KeyValue) },
  },
} as const satisfies MessageTable;

export const Link = {
  name: 'Span.Link',
  fields: { traceId: { number: 1, type: { kind: 'id' } }, spanId: { number: 2, type: { kind: 'id' } } },
} as const satisfies MessageTable;

export const Span = {
  name: 'Span',
  fields: {
    traceId: { number: 1, type: { kind: 'id' } },
    spanId: { number: 2, type: { kind: 'id' } },
    traceState: { number: 3, type: of('string') },
    parentSpanId: { number: 4, type: { kind: 'id' } },
    name: { number: 5, type: of('string') },
    kind: {
      number: 6,
      type: {
        kind: 'enum',
        prefix: 'SPAN_KIND_',
        names: ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'],
      },
    },
    startTimeUnixNano: { number: 7, type: of('fixed64') },
    endTimeUnixNano: { number: 8, type: of('fixed64') },
    attributes: { number: 9, type: list(() => KeyValue) },
    events: { number: 11, type: list(() => Event) },
    links: { number: 13, type: list(() => Link) },
    status: { number: 15, type: { kind: 'message', message: () => Status } },
    flags: { number: 16, type: of('fixed32') },
  },
} as const satisfies MessageTable;

export const ScopeSpans = {
  name: 'ScopeSpans',
  fields: {
    scope: { number: 1, type: { kind: 'message', message: () => Scope } },
    spans: { number: 2, type: list(() => Span) },
  },
} as const satisfies MessageTable;

export const ResourceSpans = {
  name: 'ResourceSpans',
  fields: {
    resource: { number: 1, type: { kind: 'message', message: () => Resource } },
    scopeSpans: { number: 2, type: list(() => ScopeSpans) },
  },
} as const satisfies MessageTable;

export const ExportTraceServiceRequest = {
  name: 'ExportTraceServiceRequest',
  fields: { resourceSpans: { number: 1, type: list(() => ResourceSpans) } },
} as const satisfies MessageTable;
