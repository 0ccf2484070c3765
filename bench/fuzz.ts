import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bombs } from '../test/ingest/support/fuzz/bombs.js';
import { type FuzzOutcome, fuzzCampaign } from '../test/ingest/support/fuzz/fuzz-campaign.js';
import { problemOf } from '../test/ingest/support/fuzz/fuzz-judge.js';
import { FuzzSender, type Ports } from '../test/ingest/support/fuzz/fuzz-send.js';
import { bombShot } from '../test/ingest/support/fuzz/fuzz-shot.js';
import { portsOf } from '../test/ingest/support/ports-of.js';
import { repositoryRoot } from '../test/support/repository-root.js';
import { type ServingProgram, startServing } from '../test/support/serving-program.js';
import { tempDir } from '../test/support/temp-dir.js';
import { type Row, slopePerRound } from './fuzz/figures.js';
import { smallRequests } from './fuzz/small-requests.js';

const warmUp = 10_000;
const rounds = 10;
const shotsPerRound = 20_000;
/** One in 500 of the shots; whole ones are timed alone. */
const bombBytes = 1_000_000;
const largestBytes = 64 * 1024 * 1024;
const startDeadlineMs = 60_000;
/** V8 lets garbage lie for as long as memory is plenty; kept short, what grows is what is held. */
const shortHeap = { NODE_OPTIONS: '--max-old-space-size=512' };
const noHang = 'at most 1,000 on an idle machine';

/** Damaged requests of every kind against the whole program: what it answers, how long it takes, and what it keeps. */
export async function bench(): Promise<{ rows: Row[] }> {
  const dir = await tempDir();
  const entry = join(repositoryRoot, 'bin/coldburn.mjs');
  const program = await startServing(entry, dir.path, startDeadlineMs, shortHeap, ['otlpHttp', 'otlpGrpc']);
  try {
    const ports = portsOf(program);
    const before = await residentMegabytes(program);
    const outcomes = [await fuzzCampaign({ ports, from: 1, to: 1 + warmUp, bombBytes })];
    const memory = [await residentMegabytes(program)];
    for (let round = 0; round < rounds; round++) {
      const from = 1 + warmUp + round * shotsPerRound;
      outcomes.push(await fuzzCampaign({ ports, from, to: from + shotsPerRound, bombBytes }));
      memory.push(await residentMegabytes(program));
      console.error(`${(round + 1) * shotsPerRound} sent, ${memory.at(-1)?.toFixed(0)} MB`);
    }
    const whole = await wholeBombs(ports);
    return { rows: [...summary(outcomes), ...memoryRows(before, memory), ...whole] };
  } finally {
    await program.kill();
    await dir.remove();
  }
}

function summary(outcomes: readonly FuzzOutcome[]): Row[] {
  const answers = new Map<string, number>();
  for (const outcome of outcomes) {
    for (const [answer, count] of outcome.answers) answers.set(answer, (answers.get(answer) ?? 0) + count);
  }
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  for (const problem of problems.slice(0, 20)) console.error(problem);
  const sent = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const slowestMs = Math.max(...outcomes.map((outcome) => outcome.slowestMs));
  const crowding = Math.max(...outcomes.map((outcome) => outcome.crowding));
  return [
    { measure: 'sent', value: sent, unit: 'requests' },
    {
      measure: 'answers that are not documented, or missing',
      value: problems.length,
      unit: 'requests',
      aim: 'none',
    },
    { measure: 'slowest answer', value: slowestMs, unit: 'ms', aim: noHang },
    { measure: 'how much others slowed this machine', value: crowding, unit: 'times' },
    ...[...answers]
      .sort()
      .map(([answer, value]) => ({ measure: `answered ${answer}`, value, unit: 'requests' })),
  ];
}

/** Growth is the slope of a line through the second half, when caches are full and pools have their size. */
function memoryRows(before: number, memory: readonly number[]): Row[] {
  const half = memory.slice(Math.floor(memory.length / 2));
  return [
    { measure: 'memory before', value: before, unit: 'MB' },
    { measure: `memory after ${warmUp}`, value: memory[0] ?? 0, unit: 'MB' },
    { measure: 'memory in the middle', value: half[0] ?? 0, unit: 'MB' },
    { measure: 'memory at the end', value: memory.at(-1) ?? 0, unit: 'MB' },
    { measure: 'memory at most', value: Math.max(...memory), unit: 'MB' },
    {
      measure: 'growth of memory, second half',
      value: (slopePerRound(half) * 100_000) / shotsPerRound,
      unit: 'MB per 100,000 requests',
      aim: 'about 0',
    },
  ];
}

/** Each bomb as large as a body may be, one after another, and what small requests wait meanwhile. */
async function wholeBombs(ports: Ports): Promise<Row[]> {
  const sender = new FuzzSender(ports);
  const rows: Row[] = [];
  let slowestSmallMs = 0;
  try {
    for (const bomb of bombs(largestBytes - 1000, Date.now())) {
      const shot = bombShot({ ...bomb, body: gzipSync(bomb.body, { level: 1 }) });
      const beside = smallRequests(ports);
      const startedMs = performance.now();
      const reply = await sender.send(shot);
      const elapsedMs = performance.now() - startedMs;
      slowestSmallMs = Math.max(slowestSmallMs, await beside.stop());
      const problem = reply === null ? 'no answer' : problemOf(shot, reply);
      if (problem !== null) throw new Error(`The bomb "${bomb.name}": ${problem}`);
      rows.push({ measure: `64 MiB of ${bomb.name}: ${reply?.status}`, value: elapsedMs, unit: 'ms' });
    }
  } finally {
    sender.close();
  }
  const slowest = { measure: 'slowest small request beside 64 MiB', value: slowestSmallMs, unit: 'ms' };
  return [{ ...slowest, aim: noHang }, ...rows];
}

/** As the kernel counts it; only Linux tells. */
async function residentMegabytes({ pid }: ServingProgram): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6;
}
