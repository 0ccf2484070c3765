import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  missingRates,
  rowAmount,
  rowName,
  sourceHref,
} from '../../../../../dashboards/web/view/cost/cost-rows.js';
import { effectList, wasteLines } from '../../../../../dashboards/web/view/cost/cost-words.js';
import {
  costGrowthText,
  exactUsd,
  formatChange,
  formatUsd,
  picoOf,
  sumUsd,
  usdOf,
} from '../../../../../dashboards/web/view/cost/money.js';

const calm: readonly [string | null, string][] = [
  [null, '—'],
  ['0', '$0'],
  ['0.000000002083', '<$0.0001'],
  ['0.00312', '$0.0031'],
  ['0.0424', '$0.042'],
  ['0.424', '$0.42'],
  ['0.9996', '$1.00'],
  ['12.344999', '$12.34'],
  ['999.994', '$999.99'],
  ['999.995', '$1,000'],
  ['1234567.5', '$1,234,568'],
  ['-0.3', '−$0.30'],
];
for (const [usd, text] of calm)
  test(`an amount in a list: ${usd} is ${text}`, () => assert.equal(formatUsd(usd), text));

test('amounts are exact: every digit comes back, sums do not drift, and what is no amount is refused', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })), (picos) => {
      const texts = picos.map(usdOf);
      assert.deepEqual(texts.map(picoOf), picos);
      assert.equal(
        picoOf(sumUsd(texts)),
        picos.reduce((sum, one) => sum + one, 0n),
      );
      for (const text of texts) assert.ok((/\.(\d+)/.exec(formatUsd(text))?.[1]?.length ?? 0) <= 4);
    }),
  );
  assert.equal(exactUsd('-1234.000000002083'), '−$1,234.000000002083');
  assert.throws(() => picoOf('n/a'));
});

test('change is said in words, and against nothing there is no percentage', () => {
  assert.equal(formatChange('1.2'), '+$1.20');
  assert.equal(costGrowthText('1.12', '1'), 'up 12 %');
  assert.equal(costGrowthText('0.5', '1'), 'down 50 %');
  assert.equal(costGrowthText('1', '0'), null);
});

test('effects: the largest first, named by their direction, none that counts is lost', () => {
  const effects = {
    volumeUsd: '0.5',
    retryUsd: '0',
    durationUsd: '-2',
    coldStartUsd: '0',
    memoryUsd: '0.000000000001',
    rateUsd: '0',
    mixUsd: '0',
  };
  const list = effectList(effects);
  assert.deepEqual(
    list.map(({ words }) => words),
    ['shorter runs', 'more runs', 'more memory'],
  );
  assert.equal(sumUsd(list.map(({ usd }) => usd)), sumUsd(Object.values(effects)));
});

const line = {
  provider: 'aws',
  product: 'lambda',
  dimension: 'duration',
  region: 'us-east-1',
  arch: 'arm64',
  quantity: '1',
  unit: 'GB-s',
  rateUsd: null,
  costUsd: null,
  rule: '',
  priceBook: '',
  source: null,
};
const row = { labels: { team: '' }, invocations: 3, costUsd: '0', costPerMillionUsd: null };

test('a row without any known rate is not known, never nothing', () => {
  const unpriced = { ...row, costPerSuccessUsd: null, shareRatio: null, lines: [line] };
  assert.equal(rowAmount(unpriced), null);
  assert.equal(missingRates(unpriced), 1);
  assert.equal(rowAmount({ ...unpriced, lines: [line, { ...line, costUsd: '0' }] }), '0');
  assert.deepEqual(rowName(row.labels, ['team']), { name: 'no team', aside: '' });
});

test('waste of all functions stands in one order, and only web addresses become links', () => {
  const item = { kind: 'retries', invocations: 1, rule: '', busyRatio: null, breakEvenRatio: null } as const;
  const of = (name: string, costUsd: string) => ({
    function: name,
    environment: '',
    team: '',
    costUsd: '9',
    items: [{ ...item, costUsd }],
  });
  assert.deepEqual(
    wasteLines([of('a', '0.9'), of('b', '10')]).map((one) => one.function),
    ['b', 'a'],
  );
  assert.equal(sourceHref('javascript:alert(1)'), null);
});
