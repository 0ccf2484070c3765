import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cost } from '../../../cli/commands/cost.js';
import { UsageError } from '../../../cli/parse-command-args.js';
import { listen } from '../../../http/listen.js';
import { costApp } from '../../query/cost/cost-api.js';
import { insertUsage } from '../../query/cost/insert-usage.js';
import { openMigrated } from '../../support/open-migrated.js';
import { fakeContext } from '../support/fake-context.js';

const hourMs = 3_600_000;
const trace = 'cd'.repeat(16);
let url: string;
let close: () => Promise<void>;
before(async () => {
  const { warehouse, close: closeWarehouse } = await openMigrated();
  const at = (hours: number) => new Date(Date.now() - hours * hourMs);
  await insertUsage(warehouse, [
    { function: 'checkout', at: at(2), customer: 'acme', trace_hex: trace, weight: 100_000 },
    { function: 'checkout', at: at(30), cold: true, init_ms: 40, weight: 100_000 },
    { function: 'pay', team: 'payments', at: at(3), outcome: 'error', attempt: 2, weight: 100_000 },
    { function: 'pay', team: 'payments', at: at(60), weight: 100_000 },
  ]);
  const app = await costApp(warehouse, () => new Date(), {
    budgets: [{ name: 'all', usdPerMonth: '0.01' }],
    units: [{ name: 'order', function: 'checkout' }],
    telemetry: { usdPerMillionSpans: '1' },
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  url = server.url;
  close = async () => {
    await server.close(2000);
    await closeWarehouse();
  };
});
after(() => close());

async function run(...args: string[]) {
  const { context, out, err } = fakeContext();
  const exitCode = await cost.run([...args, '--target', url], context);
  return { exitCode, text: out.join('\n'), err: err.join('\n') };
}

const tables = [
  { args: ['changes'], says: [/^what +volume/, /total/, /checkout/] },
  { args: ['changes', '--group-by', 'team'], says: [/payments/] },
  { args: ['waste'], says: [/pay .*failures/, /items overlap/] },
  { args: ['rightsizing'], says: [/no evidence/] },
  { args: ['forecast'], says: [/spent 0\.\d+ USD/, /20\d\d-\d\d-\d\d/] },
  { args: ['budgets'], says: [/all +over/] },
  { args: ['anomalies', '--team', 'nobody'], says: [/against the day before/] },
  { args: ['units'], says: [/order +successful runs of checkout +200000/, /customer/] },
  { args: ['telemetry'], says: [/telemetry USD/] },
  { args: ['trace', trace], says: [/checkout .*lambda duration/, /trace .*: 0\.000001867 USD/] },
  {
    args: [
      'report',
      '--team',
      'payments',
      '--group-by',
      'function',
      '--from',
      new Date(Date.now() - 80 * hourMs).toISOString(),
    ],
    says: [/pay /, /^((?!checkout).)*$/s],
  },
];
for (const { args, says } of tables)
  test(`cost ${args.join(' ').slice(0, 40)}: reads as a table`, async () => {
    const { exitCode, text, err } = await run(...args);
    assert.equal(exitCode, 0, err);
    for (const pattern of says) assert.match(text, pattern);
  });

test('cost units --json: the answer as the API gives it', async () => {
  const { text } = await run('units', '--json');
  assert.equal(JSON.parse(text).units[0].name, 'successful run');
});

test('what a question does not take is refused, and a trace nobody knows exits 1', async () => {
  await assert.rejects(run('units', '--team', 'x'), UsageError);
  await assert.rejects(run('budgets', '--from', '2026-11-01T00:00:00Z'), UsageError);
  await assert.rejects(run('waste', 'a-file'), UsageError);
  const { exitCode, err } = await run('trace', 'ef'.repeat(16));
  assert.equal(exitCode, 1);
  assert.match(err, /Nothing is stored of the trace/);
});
