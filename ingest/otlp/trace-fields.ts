/** How one field of a message is written, in protobuf and in JSON alike. */
export type FieldType =
  | { kind: 'string' | 'bool' | 'int64' | 'uint32' | 'fixed32' | 'fixed64' | 'double' }
  /** Hex in JSON, raw bytes in protobuf. */
  | { kind: 'id' }
  /** Base64 in JSON. */
  | { kind: 'bytes' }
  | { kind: 'enum'; names: readonly string[]; prefix: string }
  | { kind: 'message'; message: () => MessageTable }
  | { kind: 'repeated'; message: () => MessageTable };

export type Field = { readonly number: number; readonly type: FieldType };

/** Field names are the JSON ones (lowerCamelCase). */
export type MessageTable = { readonly name: string; readonly fields: { readonly [name: string]: Field } };

const of = (kind: 'string' | 'bool' | 'int64' | 'uint32' | 'fixed32' | 'fixed64' | 'double'): FieldType => ({
  kind,
});
const list = (message: () => MessageTable): FieldType => ({ kind: 'repeated', message });

// Source: opentelemetry-proto 1.9 (common/v1, resource/v1, trace/v1, collector/trace/v1).
export const AnyValue = {
  name: 'AnyValue',
  fields: {
    stringValue: { number: 1, type: of('string') },
    boolValue: { number: 2, type: of('bool') },
    intValue: { number: 3, type: of('int64') },
    doubleValue: { number: 4, type: of('double') },
    arrayValue: { number: 5, type: { kind: 'message', message: (): MessageTable => ArrayValue } },
    kvlistValue: { number: 6, type: { kind: 'message', message: (): MessageTable => KeyValueList } },
    bytesValue: { number: 7, type: { kind: 'bytes' } },
  },
} as const satisfies MessageTable;

const ArrayValue: MessageTable = {
  name: 'ArrayValue',
  fields: { values: { number: 1, type: list(() => AnyValue) } },
};

const KeyValueList: MessageTable = {
  name: 'KeyValueList',
  fields: { values: { number: 1, type: list(() => KeyValue) } },
};

export const KeyValue = {
  name: 'KeyValue',
  fields: {
    key: { number: 1, type: of('string') },
    value: { number: 2, type: { kind: 'message', message: (): MessageTable => AnyValue } },
  },
} as const satisfies MessageTable;

export const Resource = {
  name: 'Resource',
  fields: { attributes: { number: 1, type: list(() => KeyValue) } },
} as const satisfies MessageTable;

export const Scope = {
  name: 'InstrumentationScope',
  fields: { name: { number: 1, type: of('string') }, version: { number: 2, type: of('string') } },
} as const satisfies MessageTable;

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
