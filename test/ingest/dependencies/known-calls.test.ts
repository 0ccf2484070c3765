import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldRoute } from '../../../ingest/dependencies/fold-route.js';
import { writeFoldedUrl } from '../../../ingest/dependencies/write-folded-url.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { kinds } from '../support/classify-cases.js';
import { openDecoder } from '../support/decode.js';
import { defaultRules } from '../support/default-rules.js';
import { goodSpan, jsonRequest, keyValues } from '../support/sample-span.js';

type Attributes = Record<string, string | number | boolean>;

const step = fc.constantFrom(
  '',
  'v2',
  'orders',
  '8812',
  'a1',
  '2026-11-29',
  'abcdefghijk',
  'abcdefghij1',
  '{id}',
  '\0',
);
const end = fc.constantFrom('', '?q=1', '#top', ';v=5', ';5?x', '/');
const host = fc.constantFrom(
  'api.example.com',
  'api.example.com:8080',
  '12345',
  '[::1]',
  '[a/5/6]:80',
  'u;5@h',
  '',
);
const url = fc
  .tuple(fc.constantFrom('https://', 'http://', '//', ''), host, fc.array(step, { maxLength: 3 }), end)
  .map(([scheme, name, steps, rest]) => `${scheme}${name}/${steps.join('/')}${rest}`);
const attributes: fc.Arbitrary<Attributes> = fc.record(
  {
    'http.request.method': fc.constantFrom('GET', 'POST'),
    'url.full': url,
    'server.address': fc.constantFrom('db', 'cache-1'),
    'server.port': fc.constantFrom(80, 6379),
    'db.system': fc.constantFrom('mysql', 'dynamodb', ''),
    'db.statement': fc.constantFrom('select 1', 'secret 2'),
    'aws.dynamodb.table_names': fc.constantFrom('orders', 'carts'),
    'rpc.method': fc.constantFrom('GetItem', 'a.B/C'),
    'rpc.system': fc.constantFrom('aws-api', 'grpc'),
    'messaging.system': fc.constantFrom('aws_sqs'),
    'messaging.operation': fc.constantFrom('receive', 'publish'),
    'http.request.resend_count': fc.constantFrom(0, 1),
    color: fc.constantFrom('red', 'green'),
  },
  { requiredKeys: [] },
);
const span = fc.record({
  kind: fc.constantFrom(kinds.client, kinds.producer, kinds.consumer, kinds.server, kinds.internal),
  name: fc.constantFrom('one', 'two 12345'),
  attributes,
});

test('law: of many spans in one request each is the call that it is alone', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 2, maxLength: 12 }), (spans) => {
      const fresh = () => openDecoder(defaultRules);
      const made = spans.map((one) => ({ ...goodSpan, ...one, attributes: keyValues(one.attributes) }));
      const together = fresh()(jsonRequest(made), 'json').calls.map(callOf);
      const alone = made.map((one) => fresh()(jsonRequest([one]), 'json').calls.map(callOf)[0]);
      assert.deepEqual(together, alone);
    }),
    { numRuns: 100 },
  );
});

test('law: URLs that are folded to the same have the same host and route', () => {
  fc.assert(
    fc.property(fc.array(url, { minLength: 200, maxLength: 400 }), (urls) => {
      const parts = new Map<string, unknown>();
      for (const one of urls) {
        const known = parts.get(folded(one));
        if (known === undefined) parts.set(folded(one), partsOf(one));
        else assert.deepEqual(partsOf(one), known, one);
      }
    }),
  );
});

function callOf({ call, peer_kind, peer, operation, retry }: Record<string, unknown>): unknown[] {
  return [call, peer_kind, peer, operation, retry];
}

function folded(text: string): string {
  const writer = new ByteWriter();
  const bytes = Buffer.from(text);
  writeFoldedUrl(writer, bytes, 0, bytes.length);
  return writer.view().toString();
}

/** As `httpPeer` takes a URL apart. */
function partsOf(text: string): unknown {
  const found = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#:]+|\[[^\]]*\])(?::(\d+))?([^?#]*)/i.exec(text);
  return found === null ? null : [found[1], found[2], foldRoute(found[3] ?? '')];
}
