import { AnyValue, KeyValue, Resource } from '../otlp/common-fields.js';
import { seek } from '../otlp/envelope-walker.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';

const resourceGroup = 1;
const resource = 1;

/**
 * The same ExportMetricsServiceRequest with attributes added to each resource. Protobuf merges a message field that comes
 * twice, so they are put in a second Resource behind what was sent; of a repeated key the sender's value counts.
 */
export function withResourceAttributes(
  request: Uint8Array,
  attributes: ReadonlyMap<string, string>,
): Uint8Array {
  if (attributes.size === 0) return request;
  const added = resourceOf(attributes);
  const reader = new WireReader();
  reader.reset(request, 0, request.length);
  const writer = new ByteWriter(request.length + added.length * 2);
  while (seek(reader, resourceGroup)) {
    tag(writer, resourceGroup);
    writer.varint(reader.stop - reader.start + added.length);
    writer.copy(request, reader.start, reader.stop);
    writer.append(added);
  }
  return writer.view();
}

function resourceOf(attributes: ReadonlyMap<string, string>): ByteWriter {
  const pairs = new ByteWriter(256);
  for (const [key, text] of attributes) {
    const value = field(AnyValue.fields.stringValue.number, (writer) => writer.string(text));
    const pair = field(KeyValue.fields.key.number, (writer) => writer.string(key));
    tag(pair, KeyValue.fields.value.number);
    pair.varint(value.length);
    pair.append(value);
    tag(pairs, Resource.fields.attributes.number);
    pairs.varint(pair.length);
    pairs.append(pair);
  }
  return field(resource, (writer) => {
    writer.varint(pairs.length);
    writer.append(pairs);
  });
}

function field(number: number, write: (writer: ByteWriter) => void): ByteWriter {
  const writer = new ByteWriter(64);
  tag(writer, number);
  write(writer);
  return writer;
}

function tag(writer: ByteWriter, number: number): void {
  writer.varint(number * 8 + wireTypes.bytes);
}
