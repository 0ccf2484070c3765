import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoCost } from '../../../cli/demo/demo-cost.js';
import { senders } from '../../../cli/demo/fleet/senders.js';
import { shop } from '../../../cli/demo/fleet/shop.js';
import { functionSettings, rowLines } from '../../../query/cost/attribution/row-lines.js';
import { findRates } from '../../../query/cost/book/find-rates.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { Cost } from '../../../schemas/config/cost.js';

const at = new Date('2026-11-29T00:00:00Z');

test('every run of the shop that somebody bills has a price, and nothing of it is missing', async () => {
  const settings = demoCost(Cost.parse({}));
  const { list } = await loadPriceBooks(settings);
  const told = functionSettings(settings);
  let priced = 0;
  for (const { name, sender, memoryMb, regions } of shop.functions) {
    const { billing, provider } = senders[sender];
    if (billing === 'self-hosted') continue;
    for (const { region } of regions) {
      const isTold = billing === 'aws-lambda';
      const { lines, notes } = rowLines(
        {
          k_function: name,
          k_region: region,
          k_arch: '',
          billing,
          memory_mb: 0,
          weight: 1,
          units: 1n,
          ms: 200n,
          mb_ms: isTold ? BigInt(memoryMb) * 200n : 0n,
          cpu: billing === 'cloudflare' ? 1000n : 0n,
          ms_without_memory: isTold ? 0n : 200n,
        },
        told,
      );
      assert.deepEqual(
        notes.filter(({ code }) => code === 'unknown-usage'),
        [],
        name,
      );
      assert.ok(lines.length > 1, name);
      for (const line of lines) {
        const found = findRates(list, { ...line, at });
        assert.equal(found.kind, 'found', `${name}, ${provider} ${line.dimension} in ${region}`);
        priced += 1;
      }
    }
  }
  assert.ok(priced > 60);
});

test('a price the shop agreed on stands beside the list, and settings of one’s own come first', async () => {
  const { list, own } = await loadPriceBooks(demoCost(Cost.parse({})));
  const requests = { provider: 'aws', product: 'lambda', dimension: 'requests', region: 'eu-central-1' };
  const price = (book: typeof list) => {
    const found = findRates(book, { ...requests, arch: 'x86_64', at });
    return found.kind === 'found' ? found.tiers[0]?.price : null;
  };
  assert.deepEqual([price(list), price(own)], ['0.0000002', '0.00000018']);
  const mine = Cost.parse({ functions: [{ functions: ['mine'], memoryMb: 512 }] });
  assert.equal(demoCost(mine), mine);
});
