import { type RowReader, readAll } from './read-rows.js';

export type ErrorRow = ReturnType<typeof errorRow>;

function errorRow(reader: RowReader) {
  return {
    tenant: reader.text(),
    environment: reader.text(),
    function: reader.text(),
    atNs: reader.u64(),
    fingerprint: reader.u64(),
    type: reader.text(),
    title: reader.text(),
    culprit: reader.text(),
    message: reader.text(),
    stack: reader.text(),
    version: reader.text(),
    escaped: reader.u8() === 1,
    source: ['span', 'log'][reader.u8()],
    traceId: reader.hex(16),
    spanId: reader.hex(8),
    receivedAtMs: reader.u64(),
  };
}

export function readErrorRows(bytes: Uint8Array): ErrorRow[] {
  return readAll(bytes, errorRow);
}
