import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NamesInUse } from '../../ingest/limits/tenant-names.js';
import { TraceReceiver } from '../../ingest/receive-traces.js';
import { Redactor } from '../../ingest/redact/redactor.js';
import { openSamplers } from '../../ingest/sampling/open-samplers.js';
import { ByteWriter } from '../../ingest/wire/byte-writer.js';
import { defaultRules } from './support/default-rules.js';
import { readResourceRows } from './support/read-rows.js';
import { goodSpan, jsonRequest } from './support/sample-span.js';
import { keepEverything, wideLimits } from './support/wide-limits.js';

const dayMs = 86_400_000;
const startMs = Number(BigInt(goodSpan.startTimeUnixNano) / 1_000_000n);

/** A receiver whose disk the test is. */
function harness() {
  const sinks = ['invocations', 'spans', 'resources', 'span_errors'].map(() => ({
    writer: new ByteWriter(64),
    rows: 0,
  }));
  let disk: Promise<void> = Promise.resolve();
  let nowMs = startMs;
  const receiver = new TraceReceiver(
    {
      write: (_tenant, fill) => ({ result: fill(sinks), durable: disk }),
      nowMs: () => nowMs,
      times: { maxAgeMs: () => 90 * dayMs, maxAheadMs: dayMs },
      redactor: new Redactor({ rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) }),
      names: new NamesInUse(wideLimits, 1),
      samplers: openSamplers(keepEverything, defaultRules),
    },
    defaultRules,
  );
  return {
    /** Answers the resources written by one request. */
    send: (body = jsonRequest([goodSpan], { 'service.name': 'shop' }), tenant = 'default') => {
      for (const sink of sinks) {
        sink.writer.clear();
        sink.rows = 0;
      }
      receiver.receive(tenant, Buffer.from(body), 'json', null);
      return readResourceRows(sinks[2]?.writer.view() ?? new Uint8Array());
    },
    setDisk: (next: Promise<void>) => {
      disk = next;
    },
    setNow: (next: number) => {
      nowMs = next;
    },
  };
}

/** What waits for a settled promise has run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a resource is written until it is on disk, then once a day', async () => {
  const { send, setDisk, setNow } = harness();
  let toDisk = () => {};
  setDisk(
    new Promise((resolve) => {
      toDisk = resolve;
    }),
  );
  const [first] = send();
  assert.deepEqual(first?.attributes, [['service.name', 'shop']]);
  assert.equal(first?.day, Math.floor(startMs / dayMs));
  assert.deepEqual(send(), [first], 'the first is not on disk yet and may never be');
  toDisk();
  await settled();
  assert.deepEqual(send(), []);
  setNow(startMs + dayMs);
  assert.deepEqual(send(), [{ ...first, day: Math.floor(startMs / dayMs) + 1 }]);
});

test('a resource that did not reach the disk is written again', async () => {
  const { send, setDisk } = harness();
  setDisk(Promise.reject(new Error('disk full')));
  assert.equal(send().length, 1);
  await settled();
  setDisk(Promise.resolve());
  assert.equal(send().length, 1);
  await settled();
  assert.equal(send().length, 0);
});

test('each tenant has a row of its own, and refused spans leave none', async () => {
  const { send } = harness();
  const refused = jsonRequest([{ ...goodSpan, traceId: '00' }], { 'service.name': 'shop' });
  assert.deepEqual(send(refused), []);
  await settled();
  assert.deepEqual(
    send().map(({ tenant }) => tenant),
    ['default'],
  );
  await settled();
  assert.deepEqual(
    send(undefined, 'other').map(({ tenant }) => tenant),
    ['other'],
  );
});
