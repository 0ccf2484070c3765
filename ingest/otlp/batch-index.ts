import { Buffer } from 'node:buffer';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { KeyValue } from './common-fields.js';
import { findSlot, slotOf } from './known-key-index.js';
import { ResourceSpans, ScopeSpans, Span } from './trace-fields.js';

type Entry = { parent: string; hasInvocationId: boolean };

const invocationSlots = new Set([slotOf('faas.invocation_id'), slotOf('faas.execution')]);
/** Longer chains of parents inside one batch than this are loops or attacks. */
const maxAncestors = 64;

/** Knows which spans came together. Built only when a span asks, since most batches never need it. */
export class BatchIndex {
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #entries: Map<string, Entry> | null = null;

  /** Points at the next ResourceSpans message. */
  reset(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#entries = null;
  }

  has(traceId: string, spanId: string): boolean {
    return this.#built().has(traceId + spanId);
  }

  /** True when a span above this parent, or the parent itself, carries an invocation id. */
  leadsToInvocation(traceId: string, parentId: string): boolean {
    const entries = this.#built();
    let id = parentId;
    for (let steps = 0; steps < maxAncestors; steps++) {
      const entry = entries.get(traceId + id);
      if (entry === undefined) return false;
      if (entry.hasInvocationId) return true;
      id = entry.parent;
    }
    return false;
  }

  #built(): Map<string, Entry> {
    this.#entries ??= this.#build();
    return this.#entries;
  }

  #build(): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const [scopeStart, scopeEnd] of children(
      this.#bytes,
      this.#start,
      this.#end,
      ResourceSpans.fields.scopeSpans.number,
    )) {
      const spans = children(this.#bytes, scopeStart, scopeEnd, ScopeSpans.fields.spans.number);
      for (const [start, end] of spans) addSpan(entries, this.#bytes, start, end);
    }
    return entries;
  }
}

function* children(
  bytes: Uint8Array,
  start: number,
  end: number,
  field: number,
): Generator<readonly [number, number]> {
  const reader = new WireReader();
  reader.reset(bytes, start, end);
  while (reader.next()) {
    if (reader.field !== field || reader.wireType !== wireTypes.bytes) {
      reader.skip();
      continue;
    }
    reader.delimited();
    yield [reader.start, reader.stop];
  }
}

function addSpan(entries: Map<string, Entry>, bytes: Uint8Array, start: number, end: number): void {
  const { traceId, spanId, parentSpanId, attributes } = Span.fields;
  let trace = '';
  let span = '';
  let parent = '';
  for (const [from, to] of children(bytes, start, end, traceId.number)) trace = idKey(bytes, from, to);
  for (const [from, to] of children(bytes, start, end, spanId.number)) span = idKey(bytes, from, to);
  for (const [from, to] of children(bytes, start, end, parentSpanId.number)) parent = idKey(bytes, from, to);
  let hasInvocationId = false;
  for (const [from, to] of children(bytes, start, end, attributes.number)) {
    for (const [keyStart, keyEnd] of children(bytes, from, to, KeyValue.fields.key.number)) {
      if (invocationSlots.has(findSlot(bytes, keyStart, keyEnd))) hasInvocationId = true;
    }
  }
  entries.set(trace + span, { parent, hasInvocationId });
}

/** An id as a map key: one character a byte. */
export function idKey(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}
