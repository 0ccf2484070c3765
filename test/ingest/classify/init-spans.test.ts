import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDecoder } from '../support/decode.js';
import { defaultRules } from '../support/default-rules.js';
import { goodSpan, jsonRequest, keyValues, startNs } from '../support/sample-span.js';

const extension = { 'faas.invoked_provider': 'aws', 'faas.name': 'orders' };
const sdk = { 'cloud.platform': 'aws_lambda', 'faas.name': 'orders' };

/** A receiver that several requests go through, one after another. */
function openReceiver() {
  const decode = openDecoder(defaultRules);
  return (span: object, resource: Record<string, string>, tenant = 'a') =>
    decode(jsonRequest([span], resource), 'json', tenant).invocations.map(({ initNs }) => initNs);
}

function init(endMs: number, ms: number, more: object = {}): object {
  const end = startNs + BigInt(endMs) * 1_000_000n;
  return {
    ...goodSpan,
    kind: 1,
    name: 'init orders',
    startTimeUnixNano: String(end - BigInt(ms) * 1_000_000n),
    endTimeUnixNano: String(end),
    attributes: keyValues({ 'faas.coldstart': true }),
    ...more,
  };
}

function run(cold: boolean, afterMs = 0): object {
  const start = startNs + BigInt(afterMs) * 1_000_000n;
  return {
    ...goodSpan,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1n),
    attributes: keyValues({ 'faas.invocation_id': 'r', 'faas.coldstart': cold }),
  };
}

test('an init span comes in a request before: its length goes to the next cold run, once', () => {
  const receive = openReceiver();
  assert.deepEqual(receive(init(-5, 300), extension), []);
  assert.deepEqual(receive(run(true), sdk), [300_000_000n]);
  assert.deepEqual(receive(run(true, 5), sdk), [0n]);
});

const others: { name: string; init: object; run: object; tenant?: string }[] = [
  { name: 'a warm run', init: init(-5, 300), run: run(false) },
  { name: 'a run much later', init: init(-11_000, 300), run: run(true) },
  { name: 'a run before it', init: init(2000, 300), run: run(true) },
  { name: 'a run of another tenant', init: init(-5, 300), run: run(true), tenant: 'b' },
  { name: 'a run after an init that failed', init: init(-5, 300, { status: { code: 2 } }), run: run(true) },
];
for (const { name, init: before, run: after, tenant } of others) {
  test(`an init span says nothing about ${name}`, () => {
    const receive = openReceiver();
    receive(before, extension);
    assert.deepEqual(receive(after, sdk, tenant), [0n]);
  });
}
