import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { receivedAtMs } from '../support/decode.js';
import { limitedReceivers } from '../support/limited-receivers.js';

/** A field of bytes: its tag, its length, its body. */
function field(number: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = [];
  for (let rest = body.length; ; rest >>>= 7) {
    length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) break;
  }
  return Buffer.concat([Buffer.of(number * 8 + 2), Buffer.from(length), body]);
}

/** A value of groups inside groups, which no JSON can hold and no reader follows to the end. */
const deep = field(2, Buffer.concat([Buffer.alloc(150, 0x7b), Buffer.alloc(150, 0x7c)]));
const named = (key: string, value: Buffer) => field(1, field(1, Buffer.from(key)), value);
const attribute = (number: number) => field(number, field(1, Buffer.from('faas.name')), deep);
const time = Buffer.alloc(8);
time.writeBigUInt64LE(BigInt(receivedAtMs) * 1_000_000n);
const fixed = (number: number) => Buffer.concat([Buffer.of(number * 8 + 1), time]);
const ids = Buffer.concat([field(1, Buffer.alloc(16, 7)), field(2, Buffer.alloc(8, 7))]);
const kind = Buffer.of(6 * 8, 2);

const log = (...more: Uint8Array[]) => field(2, fixed(1), ...more);
const span = (...more: Uint8Array[]) => field(2, ids, kind, fixed(7), fixed(8), ...more);
const point = (...more: Uint8Array[]) => field(1, fixed(3), fixed(6), ...more);
const metric = (...points: Uint8Array[]) => field(2, field(1, Buffer.from('m')), field(5, ...points));
const request = (...parts: Uint8Array[]) => field(1, ...parts);
const resource = field(1, named('faas.name', deep));

const sampled = { spansRatio: 0.5, logsRatio: 1, slowMs: 1 };
const signals = [
  { name: 'traces', item: span, bad: span(attribute(9)), wrap: (items: Uint8Array[]) => items },
  { name: 'logs', item: log, bad: log(attribute(6)), wrap: (items: Uint8Array[]) => items },
  {
    name: 'metrics',
    item: point,
    bad: point(attribute(7)),
    wrap: (items: Uint8Array[]) => [metric(...items)],
  },
] as const;
for (const { name, item, bad, wrap } of signals) {
  test(`a name that nests too deeply costs its item, not the batch: ${name}`, () => {
    for (const sampling of [undefined, sampled]) {
      const { raw } = limitedReceivers({}, sampling);
      const refused = raw(name, request(field(2, ...wrap([bad, item()]))));
      assert.deepEqual([refused.accepted, Object.fromEntries(refused.refused)], [1, { 'too-deep': 1 }]);
    }
  });

  test(`in the resource it costs the items of that resource: ${name}`, () => {
    const { raw } = limitedReceivers({}, sampled);
    const body = Buffer.concat([
      request(resource, field(2, ...wrap([item()]))),
      request(field(2, ...wrap([item()]))),
    ]);
    const refused = raw(name, body);
    assert.deepEqual([refused.accepted, Object.fromEntries(refused.refused)], [1, { 'too-deep': 1 }]);
  });
}
