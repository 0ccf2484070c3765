import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Invocation } from '../../../ingest/classify/invocation.js';
import { billingOfRun, UsageRules } from '../../../ingest/usage/usage-rules.js';
import { Cost } from '../../../schemas/config/cost.js';

const rules = new UsageRules(
  Cost.parse({
    functions: [
      { functions: ['report-*'], billing: 'azure-flex', memoryMb: 2048 },
      { functions: ['*'], memoryMb: 512 },
    ],
    provisioned: [{ function: 'api', alias: 'live', region: 'us-east-1', memoryMb: 1024, concurrency: 5 }],
  }),
);
const run = (more: Partial<Invocation>): Invocation => ({
  environment: '',
  function: 'api',
  outcome: 'ok',
  cold: false,
  initNs: 0,
  provider: 'aws',
  platform: 'aws_lambda',
  region: '',
  account: '',
  team: '',
  version: '',
  alias: '',
  arch: '',
  instance: '',
  trigger: '',
  memoryBytes: 0,
  memoryUsedBytes: 0,
  httpStatus: 0,
  errorType: '',
  errorMessage: '',
  invocationId: '',
  deliveryId: '',
  eventAgeMs: null,
  payloadBytes: null,
  product: '',
  feature: '',
  customer: '',
  tags: new Map(),
  weight: 1,
  ...more,
});

const cases = [
  { name: 'a platform bills as it usually does', more: {}, expected: 'aws-lambda' },
  { name: 'nothing bills a plain service', more: { platform: '', function: 'web' }, expected: null },
  {
    name: 'the configuration knows the plan',
    more: { function: 'report-daily', platform: 'azure.functions' },
    expected: 'azure-flex',
  },
  {
    name: 'an alias with provisioned concurrency has its own rate',
    more: { alias: 'live' },
    expected: 'aws-lambda-provisioned',
  },
  {
    name: 'a run that had to start an environment had spilled over',
    more: { alias: 'live', cold: true },
    expected: 'aws-lambda',
  },
  { name: 'another alias is on demand', more: { alias: 'canary' }, expected: 'aws-lambda' },
] as const;
for (const { name, more, expected } of cases) {
  test(`usage rules: ${name}`, () => {
    const one = run(more);
    assert.equal(billingOfRun(rules.of(one.function), one), expected);
  });
}

test('usage rules: of what several entries say, the first counts', () => {
  assert.equal(rules.of('report-daily').memoryMb, 2048);
  assert.equal(rules.of('anything').memoryMb, 512);
});
