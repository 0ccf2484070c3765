export type ScalarKind =
  | 'string'
  | 'bool'
  | 'int64'
  | 'uint32'
  /** Zigzag. */
  | 'sint32'
  | 'fixed32'
  /** Also sfixed64: the same eight bytes. */
  | 'fixed64'
  | 'double';

/** How one field of a message is written, in protobuf and in JSON alike. */
export type FieldType =
  | { kind: ScalarKind }
  /** Packed or one by one in protobuf, an array in JSON. */
  | { kind: 'list'; of: 'uint64' | 'fixed64' | 'double' }
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

export const of = (kind: ScalarKind): FieldType => ({ kind });
export const list = (message: () => MessageTable): FieldType => ({ kind: 'repeated', message });
