import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkBook } from '../../../../query/cost/book/check-book.js';
import { add, compare, decimal, rational, subtract, sum } from '../../../../query/cost/exact/rational.js';
import { loadPriceBooks } from '../../../../query/cost/load-price-book.js';
import { priceRequest } from '../../../../query/cost/pricing/price-request.js';
import { priceTiers } from '../../../../query/cost/pricing/price-tiers.js';
import { Cost } from '../../../../schemas/config/cost.js';
import { PriceRequest } from '../../../../schemas/cost/price.js';
import { billedRun } from '../../../../schemas/cost/usage/billed-run.js';
import { billings } from '../../../../schemas/cost/usage/billing.js';

const { own: book } = await loadPriceBooks(Cost.parse({}));
const now = new Date('2026-11-20T00:00:00Z');
const tiers = (book.rates.get('aws/lambda/duration') ?? []).filter(
  ({ region, arch }) => region === 'us-east-1' && arch === 'x86_64',
);
const quantity = fc.bigInt(0n, 40_000_000_000n * 1000n).map((n) => rational(n, 1000n));

test('tiers: two parts of a month cost what the month costs, wherever it is cut', () => {
  fc.assert(
    fc.property(quantity, quantity, (first, second) => {
      const cost = (q: typeof first, before?: typeof first) =>
        sum(priceTiers(tiers, q, before).parts.map((part) => part.cost));
      const whole = cost(add(first, second));
      assert.equal(compare(add(cost(first), cost(second, first)), whole), 0);
    }),
  );
});

test('tiers: more never costs less, and nothing costs nothing', () => {
  assert.equal(priceTiers(tiers, rational(0n)).parts.length, 0);
  fc.assert(
    fc.property(quantity, quantity, (a, more) => {
      const of = (q: typeof a) => sum(priceTiers(tiers, q).parts.map(({ cost }) => cost));
      assert.ok(compare(of(add(a, more)), of(a)) >= 0);
    }),
  );
});

const run = fc.record({
  startedMs: fc.constantFrom(Date.UTC(2025, 6, 1), Date.UTC(2026, 1, 1)),
  durationNs: fc.integer({ min: 0, max: 9e14 }),
  initNs: fc.integer({ min: 0, max: 1e10 }),
  memoryMb: fc.integer({ min: 1, max: 10_240 }),
  memoryUsedMb: fc.integer({ min: 0, max: 4096 }),
  cpuUs: fc.option(fc.integer({ min: 0, max: 1e9 })),
  isAsync: fc.boolean(),
  payloadBytes: fc.option(fc.integer({ min: 0, max: 1_048_576 })),
  isRefused: fc.constant(false),
  hadFreeInit: fc.boolean(),
});
for (const billing of billings) {
  test(`billed run, ${billing}: whole units, never below what ran, never shrinking as a run gets longer`, () => {
    fc.assert(
      fc.property(run, fc.integer({ min: 0, max: 1e10 }), (facts, moreNs) => {
        const short = billedRun(billing, facts);
        const long = billedRun(billing, { ...facts, durationNs: facts.durationNs + moreNs });
        for (const value of Object.values(short)) assert.ok(Number.isSafeInteger(value) && value >= 0);
        assert.ok(long.billedMs >= short.billedMs);
        if (billing !== 'cloudflare') assert.ok(short.billedMs * 1e6 >= facts.durationNs);
        assert.ok(short.billedMs * 1e6 < facts.durationNs + facts.initNs + 1.1e9);
      }),
    );
  });
}
test('billed run: what was refused is on no bill', () => {
  fc.assert(
    fc.property(run, fc.constantFrom(...billings), (facts, billing) => {
      const billed = billedRun(billing, { ...facts, isRefused: true });
      assert.deepEqual(billed, { billedMs: 0, memoryMb: 0, cpuUs: 0, requestUnits: 0 });
    }),
  );
});

test('price: the printed lines add up to the printed total', () => {
  const profile = fc.record({
    provider: fc.constantFrom('aws', 'gcp', 'azure', 'cloudflare', 'vercel', 'self-hosted'),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-central1', 'eastus', 'iad1', 'nowhere'),
    memoryMb: fc.integer({ min: 1, max: 4096 }),
    durationMs: fc.integer({ min: 0, max: 100_000 }),
    initMs: fc.integer({ min: 0, max: 5000 }),
    cpuMs: fc.integer({ min: 0, max: 5000 }),
    vcpu: fc.constantFrom('0.5', '1', '2'),
    count: fc.integer({ min: 0, max: 1e9 }),
  });
  fc.assert(
    fc.property(fc.array(profile, { minLength: 1, maxLength: 8 }), (profiles) => {
      const verdict = priceRequest(book, PriceRequest.parse({ profiles }), now);
      assert.equal(verdict.kind, 'priced');
      const { lines, totalUsd, totalAfterGrantUsd, grants } = verdict.answer;
      const printed = sum(lines.map(({ costUsd }) => decimal(costUsd ?? '0')));
      assert.equal(compare(printed, decimal(totalUsd)), 0);
      const off = sum(grants.map(({ usedUsd }) => decimal(usedUsd)));
      assert.equal(compare(subtract(printed, off), decimal(totalAfterGrantUsd)), 0);
      assert.ok(decimal(totalAfterGrantUsd).n >= 0n);
    }),
  );
});

test('price book: nothing in it is wrong, every rate names a described source, and its version is its content', async () => {
  assert.deepEqual(
    checkBook(book, now).filter(({ kind }) => kind === 'wrong'),
    [],
  );
  assert.match(book.version, /^2026-\d\d-\d\d\.[0-9a-f]{8}$/);
  const { own } = await loadPriceBooks(
    Cost.parse({ rates: [{ provider: 'x', product: 'y', dimension: 'z', price: '1', reason: 'r' }] }),
  );
  assert.notEqual(own.version, book.version);
});
