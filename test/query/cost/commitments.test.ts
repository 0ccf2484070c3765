import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyCommitment, type Commitment } from '../../../query/cost/attribution/commitments.js';
import { makePricing } from '../../../query/cost/attribution/price-basis.js';
import { decimalText } from '../../../query/cost/exact/decimal-text.js';
import { add, compare, decimal, multiply, sum, zero } from '../../../query/cost/exact/rational.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { Cost } from '../../../schemas/config/cost.js';

const month = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') };
const plan = (more: object = {}): Commitment =>
  Cost.parse({
    commitments: [
      {
        ...{ name: 'plan', provider: 'aws', product: 'lambda', dimensions: ['duration'] },
        ...{ usdPerHour: '1', discountRatio: '0.12', ...more },
      },
    ],
  }).commitments[0] ?? assert.fail();
const line = (region: string, dimension = 'duration', quantity = '1') => ({
  ...{ provider: 'aws', product: 'lambda', dimension, region, arch: 'x86_64' },
  quantity: decimal(quantity),
});
const pool = (usd: string, region = 'us-east-1', dimension = 'duration') => ({
  line: line(region, dimension),
  net: decimal(usd),
  hasRoom: false,
});

const cases = [
  // 720 dollars committed cover 818.18 of list cost; 1000 leaves 181.82 as it was.
  { name: 'used up', net: '1000', after: '901.818181818182', room: false },
  { name: 'exactly enough', net: '818.181818181818', after: '720', room: true },
  { name: 'half used', net: '409.090909090909', after: '720', room: true },
];
for (const { name, net, after, room } of cases)
  test(`a commitment ${name}: what it covers costs ${after}`, () => {
    const only = pool(net);
    const use = applyCommitment(plan(), month, [only]) ?? assert.fail();
    assert.equal(decimalText(only.net), after);
    assert.equal(only.hasRoom, room);
    assert.equal(use.committedUsd, '720');
    assert.equal(decimalText(add(decimal(use.usedUsd), decimal(use.unusedUsd))), '720');
  });

test('a commitment: what is not covered stays as it was, and paid hours end where it ends', () => {
  const others = [pool('10', 'us-east-1', 'requests'), pool('10', 'eu-west-1')];
  const own = pool('10');
  const use = applyCommitment(plan({ region: 'us-east-1', to: '2026-11-02' }), month, [...others, own]);
  assert.deepEqual(
    others.map(({ net }) => decimalText(net)),
    ['10', '10'],
  );
  assert.equal(use?.committedUsd, '24');
  assert.equal(decimalText(own.net), '24');
  assert.equal(applyCommitment(plan({ to: '2026-10-01' }), month, [own]), null);
  assert.equal(applyCommitment(plan(), month, [])?.unusedUsd, '720');
});

test('a commitment: all that it covers costs the commitment and what is over it, whatever is in it', () => {
  const money = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => decimalText(decimal(`${cents}e-2`)));
  fc.assert(
    fc.property(
      fc.array(money, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 50 }),
      (amounts, perHour) => {
        const pools = amounts.map((usd) => pool(usd));
        const before = sum(pools.map(({ net }) => net));
        const use = applyCommitment(plan({ usdPerHour: String(perHour) }), month, pools) ?? assert.fail();
        const after = sum(pools.map(({ net }) => net));
        const least = decimal(use.committedUsd);
        assert.ok(compare(after, least) >= 0);
        // Never dearer than without it by more than what is unused.
        assert.ok(compare(after, add(before, decimal(use.unusedUsd))) <= 0);
      },
    ),
  );
});

test('the average basis spreads the commitment over its units, and the next unit is free while there is room', async () => {
  const { list } = await loadPriceBooks(Cost.parse({}));
  const used = { line: line('us-east-1', 'duration', '1000000'), month: '2026-11-01', at: month.from };
  const commitments = { commitments: [plan()], until: month.to };
  const average = makePricing(list, 'average', [used], commitments);
  const perUnit = average.of(used.line, used.month, used.at)?.perUnit ?? zero;
  assert.equal(decimalText(multiply(perUnit, used.line.quantity)), '720');
  assert.equal(average.commitments[0]?.committedUsd, '720');
  const marginal = makePricing(list, 'marginal', [used], commitments);
  assert.equal(decimalText(marginal.of(used.line, used.month, used.at)?.perUnit ?? decimal('9')), '0');
  const atList = makePricing(list, 'list', [used], commitments);
  assert.equal(decimalText(atList.of(used.line, used.month, used.at)?.perUnit ?? zero), '0.0000166667');
  assert.deepEqual(atList.commitments, []);
});
