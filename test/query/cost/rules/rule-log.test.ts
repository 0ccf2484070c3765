import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { diffRules } from '../../../../query/cost/rules/diff-rules.js';
import { recordRules } from '../../../../query/cost/rules/rule-log.js';
import { Cost } from '../../../../schemas/config/cost.js';
import { CostRules } from '../../../../schemas/cost/rules.js';
import type { Warehouse } from '../../../../warehouse/warehouse.js';
import { openMigrated } from '../../../support/open-migrated.js';
import { costApi } from '../cost-api.js';

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(() => close());

const gateway = { name: 'gateway', usdPerMonth: '300', by: 'cost', author: 'finance', reason: 'one for all' };
const at = (hour: number) => ({ at: new Date(Date.UTC(2026, 10, 1, hour)), program: '0.1.0' });

test('who changed which rule when stays known, and the same rules again are no change', async () => {
  const rules = [
    Cost.parse({ shared: [gateway] }),
    Cost.parse({ shared: [gateway] }),
    Cost.parse({ shared: [{ ...gateway, by: 'even', author: 'platform', reason: 'small teams asked' }] }),
    Cost.parse({}),
  ];
  const changed: boolean[] = [];
  for (const [hour, settings] of rules.entries())
    changed.push(await recordRules(warehouse, settings, at(hour)));
  assert.deepEqual(changed, [false, false, true, true]);
  const { get } = await costApi(warehouse, () => new Date());
  const { versions } = await get('cost/rules', CostRules);
  const told = versions.map(({ at: when, changes }) => [
    when,
    ...changes
      .filter(({ kind }) => kind === 'shared')
      .map(({ rule, change, author, before: was, after: is }) => [
        rule,
        change,
        author,
        was?.['by'],
        is?.['by'],
      ]),
  ]);
  assert.deepEqual(told, [
    ['2026-11-01T03:00:00.000Z', ['gateway', 'removed', 'platform', 'even', undefined]],
    ['2026-11-01T02:00:00.000Z', ['gateway', 'changed', 'platform', 'cost', 'even']],
    ['2026-11-01T00:00:00.000Z', ['gateway', 'added', 'finance', undefined, 'cost']],
  ]);
});

const cases = [
  { name: 'nothing', before: {}, after: {}, expected: [] },
  {
    name: 'an order of keys',
    before: { budgets: [{ name: 'a', x: 1 }] },
    after: { budgets: [{ x: 1, name: 'a' }] },
    expected: [],
  },
  {
    name: 'two of one name',
    before: { budgets: [{ name: 'a', usd: 1 }] },
    after: {
      budgets: [
        { name: 'a', usd: 1 },
        { name: 'a', usd: 2 },
      ],
    },
    expected: [['a (2)', 'added']],
  },
  {
    name: 'a name that is an own property',
    before: {},
    after: { units: [{ name: '__proto__' }] },
    expected: [['__proto__', 'added']],
  },
];
for (const { name, before: old, after: fresh, expected } of cases)
  test(`rules differ by ${name}`, () => {
    const found = diffRules(old, fresh).map(({ rule, change }) => [rule, change]);
    assert.deepEqual(found, expected);
  });
