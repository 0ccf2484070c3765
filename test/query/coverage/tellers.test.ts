import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Place, placeTellers, type Teller } from '../../../query/coverage/tellers.js';

const teller = (more: Partial<Teller> = {}): Teller => ({
  environment: '',
  function: 'orders',
  region: 'eu',
  account: '1',
  told: [['invocations', 'cloudwatch']],
  reachesBack: false,
  ...more,
});
const place = (environment: string, more: Partial<Place> = {}): Place => ({
  function: 'orders',
  environment,
  region: 'eu',
  account: '1',
  ...more,
});
const other = place('other', { function: 'mail' });

const placements = [
  { name: 'nobody saw it', seen: [other], place: '' },
  { name: 'it was seen in one', seen: [other, place('prod')], place: 'prod' },
  {
    name: 'it was seen in one, in two regions',
    seen: [place('prod'), place('test', { region: 'us' })],
    place: 'prod',
  },
  { name: 'the region is not told by runs', seen: [place('prod', { region: '' })], place: 'prod' },
  { name: 'it was seen in two', seen: [place('prod'), place('test')], place: null },
  { name: 'it was seen in another account only', seen: [place('prod', { account: '2' })], place: '' },
];
for (const { name, seen, place: expected } of placements)
  test(`counts without an environment, when ${name}`, () => {
    assert.deepEqual(
      placeTellers([teller()], seen).map((one) => one.place),
      expected === null ? [] : [expected],
    );
  });

test('an environment that is told stands, wherever the function was seen', () => {
  const [one] = placeTellers([teller({ environment: 'test' })], [place('prod')]);
  assert.equal(one?.place, 'test');
});

test("a function's own counters give way to the provider's, metric by metric and place by place", () => {
  const own = teller({
    environment: 'prod',
    region: '',
    account: '',
    told: [
      ['invocations', 'faas'],
      ['cold_starts', 'faas'],
    ],
  });
  const placed = placeTellers([teller(), own, { ...own, environment: 'test' }], [place('prod')]);
  assert.deepEqual(
    placed.map((one) => [one.place, one.key.split('\n').at(-1), one.metrics]),
    [
      ['prod', 'cloudwatch', ['invocations']],
      ['prod', 'faas', ['cold_starts']],
      ['test', 'faas', ['invocations', 'cold_starts']],
    ],
  );
});

test('what was told of only the day before counts nowhere', () => {
  assert.deepEqual(placeTellers([teller({ told: [] })], [place('prod')]), []);
});
