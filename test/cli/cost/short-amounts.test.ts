import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortAmounts, withShortAmounts } from '../../../cli/cost/short-amounts.js';

const table = [
  { exact: '2.801076487114', shown: '2.80' },
  { exact: '542.129819742489', shown: '542.13' },
  { exact: '-1.005', shown: '-1.01' },
  { exact: '0.556811134663', shown: '0.5568' },
  { exact: '0.000002343689', shown: '0.000002344' },
  { exact: '-0.99999999', shown: '-1' },
  { exact: '0.000000000001', shown: '0.000000000001' },
  { exact: '12.5', shown: '12.5' },
  { exact: '1000', shown: '1000' },
  { exact: 'v1.2.3456', shown: 'v1.2.3456' },
];
for (const { exact, shown } of table)
  test(`shortAmounts: ${exact} reads ${shown}`, () =>
    assert.deepEqual(shortAmounts(['USD', 'rate USD'], [[exact, exact]]), [[shown, exact]]));

test('in a sentence only what is followed by its currency is cut', () =>
  assert.equal(
    withShortAmounts('total 17.994676194535 USD (book 2026.123456)'),
    'total 17.99 USD (book 2026.123456)',
  ));
