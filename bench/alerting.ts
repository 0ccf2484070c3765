import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { answerBacktest } from '../alerting/backtest/answer-question.js';
import { listIncidents } from '../alerting/incidents/list-incidents.js';
import { createLedgerJob } from '../alerting/ledger/ledger-job.js';
import { readOpenThreads } from '../alerting/outbox/read-notices.js';
import { createTellJob } from '../alerting/outbox/tell-job.js';
import { rules } from '../alerting/rules/rules.js';
import { createAlertJob } from '../alerting/tick/alert-job.js';
import { writeDecidedUntil } from '../alerting/tick/alert-log.js';
import { defaultTenant } from '../schemas/access.js';
import { Alerting } from '../schemas/config/alerting.js';
import { SloDefinition } from '../schemas/slo/slo-definition.js';
import { writeSlo } from '../schemas/slo/write-slo.js';
import { costAlerts, testCosts } from '../test/alerting/tick/test-costs.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Warehouse } from '../warehouse/warehouse.js';

type Row = { measure: string; value: number; unit: string };

const functions = 1_000;
const perFunction = 10;
const minuteMs = 60_000;
const seeding = { timeoutMs: 300_000 };

const DEFINITIONS = `
  INSERT INTO slo_versions (tenant, slo, version, event, definition, source, author, at)
  SELECT 'default', slo, 1, 'put', replaceAll({definition: String}, 'FUNCTION', concat('f', toString(number))), 'api', 'bench', now64(3)
  FROM (SELECT number, replaceAll({slo: String}, 'FUNCTION', concat('f', toString(number))) AS slo FROM numbers({functions: UInt64}))`;

/** Five runs a function and minute; all of half of the functions fail in the minutes of the storm. */
const RUNS = `
  INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, provider, span_id)
  SELECT 'default', 'prod', concat('f', toString(number % {functions: UInt64})),
    {from: DateTime64(3, 'UTC')} + toIntervalMinute(intDiv(number, 5 * {functions: UInt64})),
    1000000 + cityHash64(number) % 100000000,
    if({isStorm: Bool} AND number % {functions: UInt64} < {functions: UInt64} / 2, 'error', 'ok'), 'aws',
    reinterpretAsFixedString(cityHash64(number, {isStorm: Bool}))
  FROM numbers({rows: UInt64})`;

/** Thirty days of one objective. */
const MONTH = `
  INSERT INTO slo_ledger_1m (tenant, slo, shape, scope, minute, good, total, computed_ms)
  SELECT tenant, slo, shape, scope, last - toIntervalMinute(1 + number), 100 - (cityHash64(slo, number) % 50 = 0), 100, 1
  FROM (SELECT tenant, slo, shape, scope, min(minute) AS last FROM slo_ledger_1m WHERE slo = 'f999-s0' GROUP BY ALL) AS s,
    numbers(61 * 1440) AS n
  SETTINGS max_partitions_per_insert_block = 1000`;

/** Ten thousand objectives: a tick in calm, one in which 5,000 fire at once, and a back-test of 30 days. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(join(directory, 'data'));
  try {
    await makeObjectives(warehouse);
    const signal = new AbortController().signal;
    const ledger = createLedgerJob({
      warehouse,
      directory,
      newId: randomUUID,
      mayWrite: async () => {},
      // So that little history is filled before it begins; ticks read hours and not days.
      keptMs: () => 86_400_000,
      queues: { metrics: [], deadLetter: [] },
    });
    const endMs = Math.floor(Date.now() / minuteMs) * minuteMs - 6 * minuteMs;
    const insert = async (fromMs: number, minutes: number, isStorm: boolean) =>
      await warehouse.command(
        RUNS,
        { functions, from: new Date(fromMs), rows: minutes * 5 * functions, isStorm },
        seeding,
      );
    await insert(endMs - 120 * minuteMs, 115, false);
    await insert(endMs - 5 * minuteMs, 5, true);
    while (await ledger.tick(signal));
    let now = new Date();
    const job = createAlertJob({
      warehouse,
      directory,
      now: () => now,
      mayWrite: async () => {},
      rules,
      queues: { metrics: [], deadLetter: [] },
      costs: await testCosts(),
      costAlerts,
      diagnose: async () => null,
      publish: () => {},
      warn: (fields) => {
        throw new Error(JSON.stringify(fields));
      },
    });
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 5);
    await writeDecidedUntil(warehouse, new Date(endMs - 9 * minuteMs));
    const tickAt = async (minute: number) => {
      now = new Date(endMs + minute * minuteMs);
      return await taken(() => job.tick(signal));
    };
    await tickAt(-8);
    const calm = await tickAt(-7);
    await tickAt(-5);
    const eventsBefore = job.stats().events;
    const storm = await tickAt(-3);
    const events = job.stats().events - eventsBefore;
    clearInterval(watch);
    const told = await tellOf(warehouse, now.getTime());
    await warehouse.command(MONTH, {}, seeding);
    const question = {
      slo: 'f999-s0',
      from: new Date(endMs - 30 * 86_400_000),
      to: new Date(endMs),
    };
    const played: Taken[] = [];
    for (let round = 0; round < 7; round++)
      played.push(await taken(() => answerBacktest(warehouse.forTenant(defaultTenant), question)));
    const medianOf = (of: (one: Taken) => number) => played.map(of).sort((a, b) => a - b)[3] ?? 0;
    return {
      rows: [
        { measure: 'tick of 10,000 objectives and all rules', value: calm.wallMs, unit: 'ms' },
        { measure: 'the same, CPU with the engine', value: calm.cpuMs, unit: 'ms' },
        { measure: 'two minutes in which a storm begins', value: storm.wallMs, unit: 'ms' },
        { measure: 'the same, CPU with the engine', value: storm.cpuMs, unit: 'ms' },
        { measure: 'events written by the storm', value: events, unit: 'events' },
        {
          measure: 'memory of the process with the engine, before',
          value: before / 1e6,
          unit: 'MB',
        },
        { measure: 'the same, most while deciding', value: most / 1e6, unit: 'MB' },
        { measure: 'incidents open after the storm', value: told.incidents, unit: 'incidents' },
        { measure: 'of these in a notice, or part of one that is', value: told.covered, unit: 'incidents' },
        { measure: 'first look at them: plan, write, enqueue', value: told.first.wallMs, unit: 'ms' },
        { measure: 'the same, CPU with the engine', value: told.first.cpuMs, unit: 'ms' },
        { measure: 'notices sent', value: told.sent, unit: 'notices' },
        { measure: 'most within a minute, where 30 are allowed', value: told.mostAMinute, unit: 'notices' },
        { measure: 'back-test of 30 days', value: medianOf(({ wallMs }) => wallMs), unit: 'ms' },
        { measure: 'the same, CPU with the engine', value: medianOf(({ cpuMs }) => cpuMs), unit: 'ms' },
      ],
    };
  } finally {
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
}

type Taken = { wallMs: number; cpuMs: number };

/** How long work takes, and the CPU of this process with the engine in it. */
async function taken(work: () => Promise<unknown>): Promise<Taken> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const used = process.cpuUsage(cpu);
  return { wallMs: performance.now() - startedMs, cpuMs: (used.user + used.system) / 1000 };
}

/** Tells of the storm through a receiver that takes thirty a minute, minute after minute until nothing waits. */
async function tellOf(warehouse: Warehouse, startMs: number) {
  const perMinute = 30;
  let nowMs = startMs;
  const sentAt: number[] = [];
  const job = createTellJob({
    warehouse,
    settings: Alerting.parse({ to: ['hook'], waitMs: 0, groupBy: ['slo'] }),
    reportTenant: defaultTenant,
    receivers: new Map([
      [
        'hook',
        {
          perMinute,
          send: async () => {
            sentAt.push(nowMs);
            return { kind: 'delivered' as const, reference: null, says: 'kept' };
          },
        },
      ],
    ]),
    mayWrite: async () => {},
    nowMs: () => nowMs,
    random: () => 0.5,
    warn: (fields) => {
      throw new Error(JSON.stringify(fields));
    },
  });
  const signal = new AbortController().signal;
  const first = await taken(() => job.tick(signal));
  for (let minute = 0; minute < 10; minute++) {
    await job.idle();
    nowMs += minuteMs;
    await job.tick(signal);
  }
  await job.idle();
  const { held, waiting } = job.stats();
  if (waiting > 0) throw new Error(`${waiting} notices still wait`);
  const door = warehouse.forTenant(defaultTenant);
  const window = { from: new Date(0), to: new Date(nowMs + 1) };
  const open = await listIncidents(door, { ...window, isWithheldToo: false, limit: 100_000 });
  const incidents = open.filter(({ state }) => state === 'open').length;
  const threads = await readOpenThreads(warehouse);
  const inNotices = new Set(
    threads.flatMap(({ plan }) => plan.standings.map(({ incidentId }) => incidentId)),
  );
  for (const { incidentId, reason } of held)
    if (reason === 'joined' || reason === 'duplicate') inNotices.add(incidentId);
  const mostAMinute = Math.max(
    0,
    ...sentAt.map((atMs) => sentAt.filter((other) => other > atMs - minuteMs && other <= atMs).length),
  );
  return { incidents, covered: inNotices.size, first, sent: sentAt.length, mostAMinute };
}

async function makeObjectives(warehouse: Warehouse): Promise<void> {
  for (let index = 0; index < perFunction; index++) {
    const id = `FUNCTION-s${index}`;
    const sli = index % 2 === 0 ? { kind: 'success' } : { kind: 'latency', under: `${index * 200}ms` };
    const written = { id: 'x', title: 'Bench', where: { function: 'FUNCTION' }, sli, objective: '99.9%' };
    const definition = JSON.stringify(writeSlo(SloDefinition.parse(written))).replace('"x"', `"${id}"`);
    await warehouse.command(DEFINITIONS, { slo: id, definition, functions });
  }
}
