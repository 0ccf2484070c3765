import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownedLabels } from '../../../alerting/routing/owned-labels.js';
import { routesOf } from '../../../alerting/routing/route-tree.js';
import { settingsOf } from './support.js';

const settings = settingsOf({
  to: ['inbox'],
  routes: [
    { match: { rule: 'dlq-*' }, to: ['data'], goOn: true },
    {
      match: { team: 'payments' },
      to: ['payments-chat'],
      wait: '1m',
      routes: [
        {
          match: { severity: 'page', environment: '!staging' },
          to: ['payments-pager'],
          escalation: 'payments',
        },
        { match: { severity: 'ticket', sli: ['latency', 'coldStart'] }, repeat: '1d' },
      ],
    },
    { match: { team: ['search', 'data-*'] }, to: ['platform'] },
  ],
  ownership: [
    { match: { function: 'checkout-*' }, owner: 'ann', team: 'payments' },
    { match: { function: '*' }, owner: 'platform' },
  ],
});

const cases = [
  { says: 'nothing matches', labels: { team: 'web' }, keys: ['default'], to: ['inbox'] },
  {
    says: 'a team without a finer match',
    labels: { team: 'payments' },
    keys: ['routes.1'],
    to: ['payments-chat'],
  },
  {
    says: 'a finer match',
    labels: { team: 'payments', severity: 'page', environment: 'production' },
    keys: ['routes.1.routes.0'],
    to: ['payments-pager'],
  },
  {
    says: 'an excluded environment falls back to the route above',
    labels: { team: 'payments', severity: 'page', environment: 'staging' },
    keys: ['routes.1'],
    to: ['payments-chat'],
  },
  {
    says: 'what the finer route leaves out comes from above',
    labels: { team: 'payments', severity: 'ticket', sli: 'latency' },
    keys: ['routes.1.routes.1'],
    to: ['payments-chat'],
  },
  {
    says: 'a route that goes on is one of several',
    labels: { rule: 'dlq-growth', team: 'data-lake' },
    keys: ['routes.0', 'routes.2'],
    to: ['data', 'platform'],
  },
];
for (const { says, labels, keys, to } of cases)
  test(`routesOf: ${says}`, () => {
    const found = routesOf(settings, labels);
    assert.deepEqual(
      found.map(({ key }) => key),
      keys,
    );
    assert.deepEqual(
      found.flatMap((route) => route.to),
      to,
    );
  });

test('what a route does not say it takes from above, up to the defaults', () => {
  const [route] = routesOf(settings, { team: 'payments', severity: 'ticket', sli: 'latency' });
  assert.deepEqual([route?.waitMs, route?.repeatMs, route?.intervalMs], [60_000, 86_400_000, 300_000]);
});

const owners = [
  { says: 'telemetry wins', labels: { function: 'checkout-a', team: 'web' }, is: ['ann', 'web'] },
  { says: 'the configuration fills in', labels: { function: 'checkout-a' }, is: ['ann', 'payments'] },
  { says: 'the objective wins', labels: { function: 'checkout-a', owner: 'eve' }, is: ['eve', 'payments'] },
  { says: 'a rule may know only the owner', labels: { function: 'mail' }, is: ['platform', undefined] },
];
for (const { says, labels, is } of owners)
  test(`ownedLabels: ${says}`, () => {
    const found = ownedLabels(labels, settings.ownership);
    assert.deepEqual([found.owner, found.team], is);
  });

test('the team owns what nobody else does', () => {
  assert.deepEqual(ownedLabels({ team: 'web' }, []), { team: 'web', owner: 'web' });
});
