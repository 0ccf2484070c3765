import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalText } from '../../../../query/cost/exact/decimal-text.js';
import { decimal } from '../../../../query/cost/exact/rational.js';
import { loadPriceBooks } from '../../../../query/cost/load-price-book.js';
import { priceRequest } from '../../../../query/cost/pricing/price-request.js';
import { Cost } from '../../../../schemas/config/cost.js';
import { PriceRequest } from '../../../../schemas/cost/price.js';

const { own: book } = await loadPriceBooks(Cost.parse({}));
const now = new Date('2026-11-20T00:00:00Z');
const lambda = { provider: 'aws', service: 'lambda', region: 'us-east-1', arch: 'x86_64' };

/** Worked examples of the providers' own pages; `usd` is what they print, after the free grant. */
const examples = [
  {
    name: 'AWS, mobile application backend: 3 M requests of 120 ms at 1536 MB',
    request: { ...lambda, memoryMb: 1536, durationMs: 120, count: 3_000_000 },
    usd: '2.73',
  },
  {
    name: 'AWS, telemetry of 10,000 vehicles: 7.44 M requests of 2 s at 1024 MB, before the free grant',
    request: { ...lambda, memoryMb: 1024, durationMs: 2000, count: 7_440_000 },
    usd: '249.49',
    before: true,
  },
  {
    name: 'AWS, 512 MB, 3 M runs of 1 s (at 0.0000166667 instead of the 0.00001667 of 2020)',
    request: { ...lambda, memoryMb: 512, durationMs: 1000, count: 3_000_000 },
    usd: '18.73',
  },
  {
    name: 'AWS, provisioned concurrency: 1000 of 256 MB for 2 h, 1.2 M runs of 1 s',
    request: {
      ...lambda,
      memoryMb: 256,
      durationMs: 1000,
      count: 1_200_000,
      isProvisioned: true,
      provisioned: { concurrency: 1000, enabledMs: 7_200_000 },
    },
    usd: '10.66',
    before: true,
  },
  {
    name: 'AWS, Lambda@Edge: 10 M runs of 50 ms at 128 MB',
    request: { provider: 'aws', service: 'lambda-at-edge', memoryMb: 128, durationMs: 50, count: 10_000_000 },
    usd: '9.13',
  },
  {
    name: 'Google, first generation: 10 M runs of 300 ms at 128 MB',
    request: {
      provider: 'gcp',
      service: 'gen1',
      region: 'us-central1',
      memoryMb: 128,
      durationMs: 300,
      count: 10_000_000,
    },
    usd: '7.2',
  },
  {
    name: 'Google, first generation: 260 ms are billed as 300',
    request: {
      provider: 'gcp',
      service: 'gen1',
      region: 'us-central1',
      memoryMb: 128,
      durationMs: 260,
      count: 10_000_000,
    },
    usd: '7.2',
  },
  {
    name: 'Azure, Consumption: 3 M runs of 1 s at 512 MB',
    request: {
      provider: 'azure',
      service: 'consumption',
      region: 'eastus',
      usedMemoryMb: 512,
      durationMs: 1000,
      count: 3_000_000,
    },
    usd: '18',
  },
  {
    name: 'Cloudflare: 15 M requests of 7 ms CPU',
    request: { provider: 'cloudflare', cpuMs: 7, count: 15_000_000, monthsOfSubscription: 1 },
    usd: '8',
  },
  {
    name: 'Cloudflare: a cron job of 720 runs of 3 minutes CPU',
    request: { provider: 'cloudflare', cpuMs: 180_000, count: 720, monthsOfSubscription: 1 },
    usd: '6.99',
  },
  {
    name: 'Cloudflare: 100 M requests of 7 ms CPU',
    request: { provider: 'cloudflare', cpuMs: 7, count: 100_000_000, monthsOfSubscription: 1 },
    usd: '45.4',
  },
] as const;

function priced(request: object) {
  const verdict = priceRequest(book, PriceRequest.parse(request), now);
  assert.equal(verdict.kind, 'priced');
  return verdict.answer;
}

for (const { name, request, usd, ...more } of examples) {
  test(`published example: ${name}`, () => {
    const answer = priced(request);
    // What the example leaves out of its table is not taken off here either.
    const total = 'before' in more ? answer.totalUsd : answer.totalAfterGrantUsd;
    assert.equal(decimalText(decimal(total), 2), usd);
    assert.deepEqual(
      answer.notes.filter(({ code }) => code === 'missing-rate'),
      [],
    );
  });
}

/** Each quantity as a provider or a real bill states it. */
const quantities = [
  {
    name: 'INIT before August 2025: 250.06 + 100.77 ms are 251',
    request: { ...lambda, at: '2025-07-31T23:59:59Z', memoryMb: 1024, durationMs: 250.06, initMs: 100.77 },
    dimension: 'duration',
    quantity: '0.251',
  },
  {
    name: 'INIT since August 2025: 351',
    request: { ...lambda, at: '2025-08-01T00:00:00Z', memoryMb: 1024, durationMs: 250.06, initMs: 100.77 },
    dimension: 'duration',
    quantity: '0.351',
  },
  {
    name: 'INIT of a container image was always billed',
    request: {
      ...lambda,
      at: '2025-07-01T00:00:00Z',
      memoryMb: 1024,
      durationMs: '250.06',
      initMs: '100.77',
      packageType: 'image',
    },
    dimension: 'duration',
    quantity: '0.351',
  },
  {
    name: 'ephemeral storage is not weighed by memory: 2.52 M GB-s of 560,000 s with 5 GB at 4 GB of memory',
    request: { ...lambda, memoryMb: 4096, durationMs: 2000, count: 280_000, ephemeralStorageMb: 5120 },
    dimension: 'ephemeral-storage',
    quantity: '2520000',
  },
  {
    name: 'an asynchronous event of 256 KB is one request',
    request: { ...lambda, memoryMb: 128, durationMs: 1, isAsync: true, payloadBytes: 262_144 },
    dimension: 'requests',
    quantity: '1',
  },
  {
    name: 'one more byte is another',
    request: { ...lambda, memoryMb: 128, durationMs: 1, isAsync: true, payloadBytes: 262_145 },
    dimension: 'requests',
    quantity: '2',
  },
  {
    name: '1 MB is 13',
    request: { ...lambda, memoryMb: 128, durationMs: 1, isAsync: true, payloadBytes: 1_048_576 },
    dimension: 'requests',
    quantity: '13',
  },
  {
    name: 'provisioned concurrency rounds up to five minutes',
    request: { ...lambda, memoryMb: 1024, count: 0, provisioned: { concurrency: 1, enabledMs: 1 } },
    dimension: 'provisioned-concurrency',
    quantity: '300',
  },
  {
    name: 'Azure bills 100 ms and 128 MB at least',
    request: { provider: 'azure', region: 'eastus', usedMemoryMb: 1, durationMs: 3 },
    dimension: 'execution-time',
    quantity: '0.0125',
  },
  {
    name: 'Azure Flex bills a second at least, then 100 ms',
    request: { provider: 'azure', service: 'flex', region: 'eastus2', memoryMb: 2048, durationMs: 1001 },
    dimension: 'on-demand-execution-time',
    quantity: '2.2',
  },
  {
    name: 'Cloud Run rounds up to 100 ms',
    request: { provider: 'gcp', region: 'us-central1', memoryMb: 512, vcpu: 1, durationMs: 101 },
    dimension: 'cpu-active',
    quantity: '0.2',
  },
] as const;
for (const { name, request, dimension, quantity } of quantities) {
  test(`billed quantity: ${name}`, () => {
    const line = priced(request).lines.find((one) => one.dimension === dimension);
    assert.equal(line?.quantity, quantity);
  });
}

test('tiers: six billion GB-s are the last at the first rate, the next is cheaper', () => {
  const line = { ...lambda, product: 'lambda', dimension: 'duration' };
  const { service: _, ...place } = line;
  const edge = priced({ lines: [{ ...place, quantity: '6000000001' }] });
  assert.deepEqual(
    edge.lines.map(({ quantity, rateUsd, costUsd }) => [quantity, rateUsd, costUsd]),
    [
      ['6000000000', '0.0000166667', '100000.2'],
      ['1', '0.000015', '0.000015'],
    ],
  );
});

test('a region without a known rate is said, and never priced like another', () => {
  const answer = priced({ ...lambda, region: 'ca-west-1', memoryMb: 128, durationMs: 100 });
  assert.deepEqual(
    answer.lines.map(({ costUsd }) => costUsd),
    [null, null],
  );
  assert.equal(answer.notes[0]?.code, 'missing-rate');
  assert.match(answer.notes[0]?.message ?? '', /ca-west-1/);
});

test('a rate read long before the usage is called stale, one transcription unverified, and a foreign one needs a rate', () => {
  const gen1 = priced({
    provider: 'gcp',
    service: 'gen1',
    region: 'us-west2',
    memoryMb: 256,
    durationMs: 10,
  });
  assert.ok(gen1.notes.some(({ code }) => code === 'stale-rate'));
  const china = priced({
    lines: [{ provider: 'aws-china', product: 'lambda', dimension: 'requests', region: 'cn', quantity: 1 }],
  });
  assert.ok(china.notes.some(({ code }) => code === 'no-exchange-rate'));
  assert.ok(china.notes.some(({ code }) => code === 'unverified-rate'));
});

test('configured rates go before the list, from their day on; foreign money by the configured exchange rate', async () => {
  const cost = Cost.parse({
    exchange: [{ currency: 'CNY', usd: '0.14' }],
    rates: [
      {
        provider: 'aws',
        product: 'lambda',
        dimension: 'requests',
        price: '0.0000001',
        from: '2026-11-01',
        reason: 'EDP',
      },
    ],
  });
  const { own, list } = await loadPriceBooks(cost);
  const ask = (at: string, which = own) => {
    const verdict = priceRequest(
      which,
      PriceRequest.parse({ ...lambda, at, memoryMb: 1024, durationMs: 1000, count: 10 }),
      now,
    );
    assert.equal(verdict.kind, 'priced');
    return verdict.answer.lines.find(({ dimension }) => dimension === 'requests')?.rateUsd;
  };
  assert.equal(ask('2026-11-01T00:00:00Z'), '0.0000001');
  assert.equal(ask('2026-10-31T23:59:59Z'), '0.0000002');
  assert.equal(ask('2026-11-01T00:00:00Z', list), '0.0000002');
  const china = priceRequest(
    own,
    PriceRequest.parse({
      lines: [
        {
          provider: 'aws-china',
          product: 'lambda',
          dimension: 'requests',
          region: 'cn',
          quantity: 1_000_000,
        },
      ],
    }),
    now,
  );
  assert.equal(china.kind === 'priced' && china.answer.totalUsd, '0.1904');
});
