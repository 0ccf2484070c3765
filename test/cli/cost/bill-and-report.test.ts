import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cost } from '../../../cli/commands/cost.js';
import { readBillWith } from '../../../cli/cost/read-bill.js';
import { listen } from '../../../http/listen.js';
import { parseCsv } from '../../../query/cost/bill/parse-csv.js';
import { validateFocus } from '../../../query/cost/report/validate-focus.js';
import { ReconcileAnswer } from '../../../schemas/cost/bill.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { costApp } from '../../query/cost/cost-api.js';
import { insertUsage } from '../../query/cost/insert-usage.js';
import { openMigrated } from '../../support/open-migrated.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { fakeContext } from '../support/fake-context.js';
import { spawnCli } from '../support/spawn-cli.js';

const dayMs = 86_400_000;
const yesterday = new Date(Math.floor(Date.now() / dayMs) * dayMs - dayMs);
const day = yesterday.toISOString().slice(0, 10);
const arn = 'arn:aws:lambda:us-east-1:1:function:checkout';

let directory: TempDir;
let warehouse: Warehouse;
let close: () => Promise<void>;
let url: string;
before(async () => {
  directory = await tempDir();
  const opened = await openMigrated();
  warehouse = opened.warehouse;
  // 1000 runs of 100 ms at 1 GB: 100 GB-s and 1000 requests.
  await insertUsage(warehouse, [
    { function: 'checkout', at: new Date(yesterday.getTime() + 3_600_000), weight: 1000 },
  ]);
  const app = await costApp(warehouse, () => new Date());
  const server = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  url = server.url;
  close = async () => {
    await server.close(2000);
    await opened.close();
    await directory.remove();
  };
});
after(() => close());

/** As a user runs it: the engine that reads the bill is one of its own. */
const reconcile = (path: string) =>
  spawnCli(['cost', 'reconcile', path, '--json', '--target', url], { cwd: directory.path });

const focusHead =
  'ChargePeriodStart,ServiceName,ResourceId,ChargeCategory,ChargeDescription,x_UsageType,ConsumedQuantity,ListCost,ContractedCost,BilledCost,EffectiveCost';
const focusBill = () =>
  [
    focusHead,
    ...['00', '01'].map(
      (hour) =>
        `${day}T${hour}:00:00Z,AWS Lambda,${arn},Usage,Compute,Lambda-GB-Second,55,0.0009166685,0.0009166685,0.0009166685,0.0009166685`,
    ),
    `${day} 00:00:00,AWS Lambda,${arn},Usage,Requests,Request,1000,0.0002,0.0002,0.0002,0.0002`,
    `${day}T00:00:00Z,AWS Lambda,NULL,Tax,VAT,NULL,NULL,NULL,NULL,0.0004,0.0004`,
    `${day}T00:00:00Z,AWS Lambda,NULL,Usage,broken,NULL,NULL,NULL,NULL,oops,`,
  ].join('\n');

test('cost reconcile: a FOCUS file in CSV is read by the engine, added up, and bridged to the cent', async () => {
  const path = join(directory.path, 'bill.csv');
  await writeFile(path, focusBill());
  const { exitCode, stdout, stderr } = await reconcile(path);
  assert.equal(exitCode, 0, stderr);
  const answer = ReconcileAnswer.parse(JSON.parse(stdout));
  assert.deepEqual(
    [answer.from, answer.residualUsd, answer.lines.read, answer.lines.unreadable],
    [day, '0', 5, 1],
  );
  assert.equal(answer.modelledUsd, '0.00186667');
  assert.equal(answer.billedUsd, '0.002433337');
  const steps = Object.fromEntries(
    answer.bridge.filter(({ usd }) => usd !== '0').map(({ step, usd }) => [step, usd]),
  );
  assert.deepEqual(steps, { quantity: '0.000166667', tax: '0.0004' });
});

test('cost reconcile: the same bill in Parquet, and CUR 2.0, say the same', async () => {
  const csv = join(directory.path, 'bill.csv');
  await writeFile(csv, focusBill());
  const parquet = join(directory.path, 'bill.parquet');
  await warehouse.command(
    `INSERT INTO FUNCTION file({to: String}, 'Parquet') SELECT * FROM file({from: String}, 'CSVWithNames', 'ChargePeriodStart String, ServiceName String, ResourceId String, ChargeCategory String, ChargeDescription String, x_UsageType String, ConsumedQuantity Nullable(String), ListCost Nullable(String), ContractedCost Nullable(String), BilledCost String, EffectiveCost String')`,
    { to: parquet, from: csv },
  );
  const cur = join(directory.path, 'cur.csv');
  const head =
    'line_item_usage_start_date,line_item_product_code,line_item_resource_id,line_item_line_item_type,line_item_usage_type,line_item_usage_amount,line_item_unblended_cost,pricing_public_on_demand_cost';
  await writeFile(
    cur,
    [
      head,
      `${day} 00:00:00.000,AWSLambda,${arn},Usage,Lambda-GB-Second,110,0.001833337,0.001833337`,
      `${day} 00:00:00.000,AWSLambda,${arn},Usage,Request,1000,0.0002,0.0002`,
      `${day} 00:00:00.000,AWSLambda,,Tax,,,0.0004,`,
    ].join('\n'),
  );
  const bridges = [];
  for (const path of [parquet, cur]) {
    const { exitCode, stdout, stderr } = await reconcile(path);
    assert.equal(exitCode, 0, stderr);
    bridges.push(ReconcileAnswer.parse(JSON.parse(stdout)).bridge.filter(({ usd }) => usd !== '0'));
  }
  assert.deepEqual(bridges[0], bridges[1]);
  assert.equal(bridges[0]?.length, 2);
});

test('cost reconcile: a file that is no bill, or none at all, is refused with a sentence', async () => {
  const path = join(directory.path, 'other.csv');
  await writeFile(path, 'a,b\n1,2\n');
  await assert.rejects(readBillWith(warehouse, path), /neither FOCUS .* nor CUR 2\.0/);
  const gone = await reconcile(`${path}.gone`);
  assert.equal(gone.exitCode, 1);
  assert.match(gone.stderr, /no such file/);
});

async function report(...args: string[]) {
  const { context, out, err } = fakeContext();
  const from = [
    '--from',
    yesterday.toISOString(),
    '--to',
    new Date(yesterday.getTime() + dayMs).toISOString(),
  ];
  const exitCode = await cost.run(['report', '--target', url, ...from, ...args], context);
  return { exitCode, out, err };
}

test('cost report: every format says the same total', async () => {
  const table = await report('--group-by', 'team,function');
  assert.match(table.out.join('\n'), /checkout +checkout +1000 +1.87 +0\.001867/);
  const csv = await report('--group-by', 'function', '--format', 'csv');
  assert.deepEqual(csv.out, [
    'function,invocations,costPerMillionUsd,costUsd',
    'checkout,1000,1.86667,0.00186667',
  ]);
  const html = await report('--format', 'html');
  assert.match(html.out.join(''), /<td class="n">0\.00186667<\/td>/);
  assert.equal((await report('--format', 'pdf').catch(() => ({ exitCode: 2 }))).exitCode, 2);
});

test('cost report --format focus: is valid FOCUS 1.2, and the validator finds what is not', async () => {
  const { out } = await report('--group-by', 'function,team', '--format', 'focus');
  const [names = [], ...rows] = [...parseCsv(out.join('\n'))];
  const objects = rows.map((cells) =>
    Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])),
  );
  assert.equal(objects.length, 2);
  assert.deepEqual(validateFocus(names, objects), []);
  const [first = {}] = objects;
  const wrong = [
    { ListCost: '5' },
    { ChargePeriodStart: '2026-11-01 00:00:00' },
    { ChargeCategory: 'Gift' },
    { Tags: '[1]' },
    { BilledCost: '' },
  ];
  for (const change of wrong)
    assert.notDeepEqual(validateFocus(names, [{ ...first, ...change }]), [], JSON.stringify(change));
  assert.equal(validateFocus(names.slice(1), objects)[0]?.row, 0);
  const path = join(directory.path, 'focus.csv');
  const { context, out: said } = fakeContext({ files: { [path]: out.join('\n') } });
  assert.equal(await cost.run(['check-focus', path], context), 0);
  assert.match(said[0] ?? '', /2 rows of FOCUS 1\.2/);
});
