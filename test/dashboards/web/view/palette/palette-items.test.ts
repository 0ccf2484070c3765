import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findItems,
  functionItems,
  type PaletteItem,
  sloItems,
  traceItem,
} from '../../../../../dashboards/web/view/palette/palette-items.js';

const item = (label: string, more = ''): PaletteItem => {
  return { kind: 'function', id: label, label, more, href: null };
};
const items = ['pay-checkout', 'recheck', 'checkout', 'checkout-api', 'audit'].map((label) => item(label));
const found = (text: string, from = items, most = 9) => findItems(from, text, most).map(({ label }) => label);

const cases = [
  {
    name: 'the whole name, then its start, then a start inside',
    text: 'CHECKOUT',
    found: ['checkout', 'checkout-api', 'pay-checkout'],
  },
  {
    name: 'a part of a word comes last',
    text: 'check',
    found: ['checkout', 'checkout-api', 'pay-checkout', 'recheck'],
  },
  { name: 'every word must be there', text: 'api check', found: ['checkout-api'] },
  {
    name: 'no text keeps the order',
    text: ' ',
    found: ['pay-checkout', 'recheck', 'checkout', 'checkout-api', 'audit'],
  },
  { name: 'nothing fits', text: 'zzz', found: [] },
];
for (const { name, text, found: expected } of cases)
  test(`the palette finds: ${name}`, () => assert.deepEqual(found(text), expected));

test('what stands beside a name is found as well, after names', () => {
  assert.deepEqual(found('shop', [item('audit', 'shop'), item('shop-front')]), ['shop-front', 'audit']);
});

test('no more than asked for are found', () => assert.equal(found('', items, 2).length, 2));

test('a function is one item for each environment, however many rows it has', () => {
  const row = { function: 'a/b', environment: 'prod', team: 'x' };
  const made = functionItems([row, { ...row, team: 'y' }, { ...row, environment: '' }]);
  assert.deepEqual(
    made.map(({ href, more }) => ({ href, more })),
    [
      { href: '/functions/a%2Fb?environment=prod', more: 'prod · x' },
      { href: '/functions/a%2Fb?environment=', more: 'x' },
    ],
  );
});

test('an SLO is called by its title, and found by its id', () => {
  const [made] = sloItems([{ id: 'pay', definition: { title: 'Payments work' } }]);
  assert.deepEqual([made?.label, made?.more, made?.href], ['Payments work', 'pay', '/slos/pay']);
});

test('only a whole trace id leads to a trace', () => {
  const id = 'AB'.repeat(16);
  assert.equal(traceItem(` ${id} `)[0]?.href, `/traces/${id.toLowerCase()}`);
  for (const text of ['', 'ab', `${id}0`, id.replace('A', 'g')]) assert.deepEqual(traceItem(text), []);
});
