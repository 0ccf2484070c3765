import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBillWith } from '../cli/cost/read-bill.js';
import { billLines, reconcileBill } from '../query/cost/bill/reconcile-bill.js';
import { loadPriceBooks } from '../query/cost/load-price-book.js';
import { readCost } from '../query/cost/read-cost.js';
import { readModelled } from '../query/cost/read-modelled.js';
import { noFilter } from '../query/cost/store/usage-sql.js';
import { defaultTenant } from '../schemas/access.js';
import { Cost } from '../schemas/config/cost.js';
import { openMigrated } from '../test/support/open-migrated.js';
import type { Warehouse } from '../warehouse/warehouse.js';

const functions = 250;
const days = 30;
const runs = 100_000_000;
const billRows = 1_000_000;
const rounds = 9;
const dayMs = 86_400_000;

// A month by hour: 250 functions of 20 teams in two versions, warm, cold and failed; 100 M runs in all.
const FILL = `
  INSERT INTO invocations_1h
    (tenant, environment, function, hour, version, region, team, provider, platform, account, arch, trigger, billing,
     billed_memory_mb, cold, outcome, source, weight, n, billed_ms, request_units, duration_us)
  SELECT 'default', 'production', concat('function-', toString(f)), toDateTime({from: DateTime64(3, 'UTC')}) + h * 3600,
    toString(v), 'eu-central-1', concat('team-', toString(f % 20)), 'aws', 'aws_lambda', '1', if(f % 3 = 0, 'arm64', 'x86_64'),
    'http', 'aws-lambda', 512, kind = 1, if(kind = 2, 'error', 'ok'), 'span', 1, runs AS n, runs * 87, runs, runs * 86500
  FROM (
    SELECT number % {functions: UInt32} AS f, intDiv(number, {functions: UInt32}) % 2 AS v,
      intDiv(number, {functions: UInt32} * 2) % 3 AS kind, intDiv(number, {functions: UInt32} * 6) AS h, {each: Int64} AS runs
    FROM numbers({rows: UInt64})
  )`;

export async function bench() {
  const { warehouse, close } = await openMigrated();
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  try {
    const to = new Date(Math.floor(Date.now() / dayMs) * dayMs);
    const from = new Date(to.getTime() - days * dayMs);
    const rows = functions * 6 * days * 24;
    const each = Math.ceil(runs / rows);
    // A day at a time: the view that sums days has its part in it.
    for (let day = 0; day < days; day++)
      await warehouse.command(
        FILL,
        { from: new Date(from.getTime() + day * dayMs), functions, each, rows: rows / days },
        { timeoutMs: 300_000 },
      );
    const window = { from, to };
    return {
      rows: [
        ...(await attribution(warehouse, window, rows, each)),
        ...(await bill(warehouse, window, directory)),
      ],
    };
  } finally {
    await close();
    await rm(directory, { recursive: true, force: true });
  }
}

type Window = { from: Date; to: Date };

async function attribution(warehouse: Warehouse, window: Window, rows: number, each: number) {
  const settings = Cost.parse({
    rates: [
      { provider: 'aws', product: 'lambda', dimension: 'duration', price: '0.0000101', reason: 'repricing' },
    ],
  });
  const books = await loadPriceBooks(settings);
  const tenant = warehouse.forTenant(defaultTenant);
  const groupBy = ['team', 'function', 'version'] as const;
  const ask = async (prices: typeof books) =>
    await readCost(
      tenant,
      { ...window, groupBy, tagKey: '', basis: 'list', filter: noFilter },
      { books: prices, settings },
      window.to,
    );
  const listed = await timed(() => ask(books));
  const repriced = await timed(() => ask({ list: books.own, own: books.own }));
  return [
    { measure: 'invocations attributed', value: rows * each, unit: 'runs' },
    { measure: 'rows by hour read', value: rows, unit: 'rows' },
    { measure: 'month by team, function, version: median', value: listed.medianMs, unit: 'ms' },
    { measure: 'month by team, function, version: CPU', value: listed.cpuMs, unit: 'ms' },
    { measure: 'month repriced: median', value: repriced.medianMs, unit: 'ms' },
    { measure: 'month repriced: CPU', value: repriced.cpuMs, unit: 'ms' },
  ];
}

async function bill(warehouse: Warehouse, window: Window, directory: string) {
  const path = join(directory, 'bill.csv');
  await writeBill(path, window);
  const settings = Cost.parse({});
  const deps = { books: await loadPriceBooks(settings), settings };
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { records, format } = await readBillWith(warehouse, path);
  const lines = billLines(records);
  const modelled = await readModelled(warehouse.forTenant(defaultTenant), window, deps, window.to);
  const answer = reconcileBill({ format }, lines, modelled.lines);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  if (answer.residualUsd !== '0' || answer.lines.read !== billRows)
    throw new Error('The bill was not bridged whole');
  return [
    { measure: 'bill reconciled', value: billRows, unit: 'lines' },
    { measure: 'bill reconciled: time', value: seconds, unit: 's' },
    { measure: 'bill reconciled: CPU', value: (used.user + used.system) / 1e6, unit: 's' },
  ];
}

/** Hourly lines of two dimensions for each function, as an export has them. */
async function writeBill(path: string, { from }: Window): Promise<void> {
  const file = createWriteStream(path);
  file.write(
    'BillingAccountId,ChargePeriodStart,ChargePeriodEnd,ServiceName,ResourceId,RegionId,ChargeCategory,ChargeDescription,x_UsageType,ConsumedQuantity,ConsumedUnit,ListCost,ContractedCost,BilledCost,EffectiveCost,BillingCurrency\n',
  );
  const hours = days * 24;
  for (let start = 0; start < billRows; start += 10_000) {
    const lines: string[] = [];
    for (let index = start; index < Math.min(billRows, start + 10_000); index++) {
      const at = new Date(from.getTime() + (index % hours) * 3_600_000).toISOString();
      const name = `function-${Math.floor(index / hours) % functions}`;
      const type = index % 2 === 0 ? 'EUC1-Lambda-GB-Second' : 'EUC1-Request';
      const usd = `0.0${String(1_000_000_000 + ((index * 7919) % 8_999_999)).slice(1)}`;
      lines.push(
        `1,${at},${at},AWS Lambda,arn:aws:lambda:eu-central-1:1:function:${name},eu-central-1,Usage,AWS Lambda,${type},${index % 5000}.25,Seconds,${usd},${usd},${usd},${usd},USD\n`,
      );
    }
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

async function timed(run: () => Promise<unknown>): Promise<{ medianMs: number; cpuMs: number }> {
  await run();
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  const used = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  return { medianMs: times[Math.floor(rounds / 2)] ?? 0, cpuMs: (used.user + used.system) / 1000 / rounds };
}
