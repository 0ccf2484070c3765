import { list, type MessageTable, of } from './message-table.js';

// Source: opentelemetry-proto 1.9 (common/v1, resource/v1).
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
