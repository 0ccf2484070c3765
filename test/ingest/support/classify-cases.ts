import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDecoder } from './decode.js';
import { rulesOf } from './default-rules.js';
import type { InvocationRow } from './read-rows.js';
import { goodSpan, jsonRequest, keyValues } from './sample-span.js';

type Attributes = Record<string, string | number | boolean>;
type SpanSpec = {
  kind?: number;
  name?: string;
  attributes?: Attributes;
  /** Index of the parent in the list, or an id of another process. */
  parent?: number | string;
  flags?: number;
  status?: object;
  events?: object[];
};
export type ClassifyCase = {
  name: string;
  resource: Attributes;
  spans: SpanSpec[];
  /** The invocations, each by the fields that matter to the case. */
  expected: Partial<InvocationRow>[];
  /** The `ingest` part of a configuration. */
  config?: object;
};

export const kinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
/** A parent in another process, and the flags that say where a parent is. */
export const elsewhere = 'eeeeeeeeeeeeeeee';
export const remote = 0x301;
export const local = 0x101;

export const failed = { code: 2, message: 'boom' };

export function exception(type: string, message: string, more: Attributes = {}): object {
  const attributes = keyValues({ 'exception.type': type, 'exception.message': message, ...more });
  return { name: 'exception', timeUnixNano: '1', attributes };
}

/** Each case is a test: these spans of this resource become exactly these invocations. */
export function testCases(cases: readonly ClassifyCase[]): void {
  for (const { name, resource, spans, expected, config = {} } of cases) {
    test(`invocations: ${name}`, () => {
      const sent = spans.map(({ parent, attributes = {}, ...rest }, index) => ({
        ...goodSpan,
        ...rest,
        spanId: idOf(index),
        parentSpanId: typeof parent === 'number' ? idOf(parent) : (parent ?? ''),
        attributes: keyValues(attributes),
      }));
      const { invocations } = openDecoder(rulesOf(config))(jsonRequest(sent, resource), 'json');
      const seen = invocations.map((row, index) => pick(row, expected[index] ?? {}));
      assert.equal(invocations.length, expected.length);
      assert.deepEqual(seen, expected);
    });
  }
}

const idOf = (index: number): string => (index + 1).toString(16).padStart(16, '0');

function pick(row: InvocationRow, like: Partial<InvocationRow>): Partial<InvocationRow> {
  const keys = new Set(Object.keys(like));
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key)));
}
