import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { billLine } from '../../../../query/cost/bill/bill-line.js';
import { bridge, type ModelledLine } from '../../../../query/cost/bill/bridge.js';
import { parseCsv } from '../../../../query/cost/bill/parse-csv.js';
import { readRequest } from '../../../../query/cost/bill/read-request.js';
import { billLines } from '../../../../query/cost/bill/reconcile-bill.js';
import { decimalText } from '../../../../query/cost/exact/decimal-text.js';
import { add, compare, decimal, sum } from '../../../../query/cost/exact/rational.js';
import { BillRecord, ReconcileRequest } from '../../../../schemas/cost/bill.js';

const record = (more: Partial<BillRecord>) =>
  BillRecord.parse({
    start: '2026-11-01T00:00:00Z',
    provider: 'AWS',
    service: 'AWS Lambda',
    resource: 'arn:aws:lambda:us-east-1:1:function:checkout',
    usageType: 'Lambda-GB-Second',
    category: 'Usage',
    currency: 'USD',
    ...more,
  });
const modelled = (quantity: string, cost: string, more: Partial<ModelledLine> = {}): ModelledLine => ({
  ...{ day: '2026-11-01', function: 'checkout', dimension: 'duration' },
  quantity: decimal(quantity),
  cost: decimal(cost),
  ...more,
});

const amounts = fc
  .tuple(fc.integer({ min: -5, max: 1_000_000 }), fc.integer({ min: 0, max: 9_999_999_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(10, '0')}`);
const anyRecord = fc.record({
  start: fc.constantFrom('2026-11-01', '2026-11-02 01:00:00', '2026-11-01T05:00:00Z', 'yesterday'),
  service: fc.constantFrom('AWS Lambda', 'Amazon CloudFront', 'Amazon S3', ''),
  resource: fc.constantFrom(
    'arn:aws:lambda:us-east-1:1:function:checkout',
    'arn:aws:lambda:eu:1:function:lost:7',
    '',
  ),
  usageType: fc.constantFrom(
    'EUC1-Lambda-GB-Second',
    'Request-ARM',
    'Lambda-Edge-Request',
    'DataTransfer-Out-Bytes',
    '',
  ),
  description: fc.constantFrom('', 'AWS Lambda - Total Compute', 'Free tier'),
  category: fc.constantFrom(
    'Usage',
    'Tax',
    'Credit',
    'Purchase',
    'Adjustment',
    'SavingsPlanCoveredUsage',
    'RIFee',
    '',
  ),
  chargeClass: fc.constantFrom('', 'Correction'),
  quantity: amounts,
  list: fc.oneof(amounts, fc.constant('')),
  contracted: fc.oneof(amounts, fc.constant('')),
  billed: fc.oneof(amounts, fc.constant(''), fc.constant('NaN')),
  effective: amounts,
});
const anyModelled = fc.record({
  day: fc.constantFrom('2026-11-01', '2026-11-02'),
  function: fc.constantFrom('checkout', 'unbilled'),
  dimension: fc.constantFrom('duration', 'requests'),
  quantity: amounts.map((text) => decimal(text.replace('-', ''))),
  cost: amounts.map((text) => decimal(text.replace('-', ''))),
});

test('bridge: modelled and all steps add up to the bill exactly, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { maxLength: 20 }),
      fc.array(anyModelled, { maxLength: 10 }),
      (bill, model) => {
        const { lines } = billLines(bill.map(record));
        const answer = bridge(model, lines);
        assert.equal(answer.residualUsd, '0');
        const steps = sum(answer.bridge.map(({ usd }) => decimal(usd)));
        assert.equal(compare(add(decimal(answer.modelledUsd), steps), decimal(answer.billedUsd)), 0);
        assert.equal(compare(sum(lines.map(({ billed }) => billed)), decimal(answer.billedUsd)), 0);
      },
    ),
  );
});

const stepOf = (answer: ReturnType<typeof bridge>) =>
  Object.fromEntries(answer.bridge.filter(({ usd }) => usd !== '0').map(({ step, usd }) => [step, usd]));
const cases: {
  name: string;
  model: ModelledLine[];
  bill: Partial<BillRecord>[];
  steps: Record<string, string>;
}[] = [
  {
    name: 'a bill that agrees needs no step',
    model: [modelled('100', '2')],
    bill: [{ quantity: '100', list: '2', billed: '2' }],
    steps: {},
  },
  {
    name: 'lost telemetry is quantity',
    model: [modelled('90', '1.8')],
    bill: [{ quantity: '100', list: '2', billed: '2' }],
    steps: { quantity: '0.2' },
  },
  {
    name: 'another list price is price',
    model: [modelled('100', '2')],
    bill: [{ quantity: '100', list: '2.1', billed: '2.1' }],
    steps: { price: '0.1' },
  },
  {
    name: 'a free tier line is the grant',
    model: [modelled('100', '2')],
    bill: [{ quantity: '100', list: '0', billed: '0', description: 'AWS Lambda - Free Tier' }],
    steps: { tierAndGrant: '-2' },
  },
  {
    name: 'agreed prices and commitments come after list',
    model: [modelled('100', '2')],
    bill: [{ quantity: '100', list: '2', contracted: '1.8', billed: '0' }],
    steps: { negotiated: '-0.2', commitment: '-1.8' },
  },
  {
    name: 'a function nobody hears of',
    model: [],
    bill: [{ quantity: '5', list: '1', billed: '1' }],
    steps: { withoutTelemetry: '1' },
  },
  { name: 'usage not on the bill', model: [modelled('100', '2')], bill: [], steps: { notBilled: '-2' } },
  {
    name: 'data transfer names no function',
    model: [],
    bill: [{ resource: '', usageType: 'DataTransfer-Out-Bytes', list: '3', billed: '3' }],
    steps: { unattributed: '3' },
  },
  {
    name: 'tax, credits, purchases and corrections stand apart',
    model: [],
    bill: [
      { category: 'Tax', billed: '1' },
      { category: 'Credit', billed: '-2' },
      { category: 'Purchase', billed: '4' },
      { chargeClass: 'Correction', billed: '-8' },
    ],
    steps: { tax: '1', credits: '-2', purchases: '4', corrections: '-8' },
  },
  {
    name: 'other services are only carried along',
    model: [],
    bill: [{ service: 'Amazon S3', resource: 'bucket', usageType: 'TimedStorage', list: '7', billed: '7' }],
    steps: { otherServices: '7' },
  },
];
for (const { name, model, bill, steps } of cases) {
  test(`bridge: ${name}`, () => {
    assert.deepEqual(stepOf(bridge(model, billLines(bill.map(record)).lines)), steps);
  });
}

const readings: { name: string; more: Partial<BillRecord>; expected: [string, string] }[] = [
  {
    name: 'a regional prefix',
    more: { usageType: 'APN1-Lambda-GB-Second-ARM' },
    expected: ['checkout', 'duration'],
  },
  {
    name: 'a SKU',
    more: { usageType: '', sku: 'BMKCD2ZCEYKTYYCB' },
    expected: ['checkout', 'provisioned-concurrency'],
  },
  {
    name: 'a description alone',
    more: { usageType: '', description: 'AWS Lambda - Requests' },
    expected: ['checkout', 'requests'],
  },
  {
    name: 'a version in the ARN',
    more: { resource: 'arn:aws:lambda:us-east-1:1:function:checkout:42' },
    expected: ['checkout', 'duration'],
  },
  {
    name: 'Lambda@Edge under CloudFront',
    more: { service: 'Amazon CloudFront', usageType: 'Lambda-Edge-Request' },
    expected: ['checkout', 'requests'],
  },
  {
    name: 'an Azure app',
    more: {
      service: 'Azure Functions',
      usageType: 'Total Executions',
      resource: '/subscriptions/1/providers/Microsoft.Web/sites/shop',
    },
    expected: ['shop', 'executions'],
  },
  {
    name: 'what our own export says of Google',
    more: {
      service: 'Cloud Run Functions',
      usageType: 'memory',
      resource: 'chat',
      description: 'memory: each run',
    },
    expected: ['chat', 'memory'],
  },
  {
    name: 'what our own export says of self-hosted functions',
    more: { service: 'Self-hosted functions', usageType: 'cpu', resource: 'search' },
    expected: ['search', 'cpu'],
  },
];
for (const { name, more, expected } of readings) {
  test(`bill line: ${name}`, () => {
    const line = billLine(record({ billed: '1', ...more }));
    assert.deepEqual([line?.function, line?.dimension], expected);
  });
}

test('request: FOCUS as real files write it, with NULLs, an extra column, a byte order mark and times without T or Z', () => {
  const csv =
    '\uFEFFId,BilledCost,ChargePeriodStart,ServiceName,ResourceId,ChargeCategory,ListCost,ContractedCost,EffectiveCost,ConsumedQuantity,ConsumedUnit,ChargeDescription,Tags\r\n' +
    '1,0.0000083334,2024-09-01 00:00:00,AWS Lambda,arn:aws:lambda:us-east-1:1:function:checkout,Usage,0.0000083334,NULL,0,0.5,Seconds,"AWS Lambda - Total Compute, ""US East""","{""a"":1}"\r\n' +
    '2,NULL,2024-09-01 00:00:00,AWS Lambda,NULL,Usage,NULL,NULL,NULL,NULL,NULL,NULL,NULL';
  const bill = readRequest(ReconcileRequest.parse({ csv }));
  assert.equal(bill.kind, 'bill');
  const { lines, unreadable } = billLines(bill.records);
  assert.equal(unreadable, 1);
  assert.deepEqual(
    lines.map(({ day, function: name, dimension, list }) => [day, name, dimension, decimalText(list)]),
    [['2024-09-01', 'checkout', 'duration', '0.0000083334']],
  );
});

test('request: what is no bill is refused with a sentence', () => {
  for (const csv of ['', 'a,b\n1,2', 'ChargePeriodStart'])
    assert.equal(readRequest(ReconcileRequest.parse({ csv })).kind, 'refused', csv);
  assert.equal(ReconcileRequest.safeParse({}).success, false);
});

test('csv: quotes, line breaks in cells, and a last line without an end', () => {
  assert.deepEqual(
    [...parseCsv('a,"b\n""c""",\r\n1,,"x')],
    [
      ['a', 'b\n"c"', ''],
      ['1', '', 'x'],
    ],
  );
});
