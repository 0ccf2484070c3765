import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repositoryRoot } from '../../../support/repository-root.js';
import { type ServingProgram, startServing } from '../../../support/serving-program.js';
import { tempDir } from '../../../support/temp-dir.js';
import { waitUntil } from '../../../support/wait-until.js';
import { portsOf } from '../ports-of.js';
import { seededRandom } from '../seeded-random.js';
import { compareTables, type Difference, rollupCounts } from './compare-tables.js';
import { type CrashMode, type CrashPlace, openCrashPlace } from './crash-places.js';
import { isDrained } from './is-drained.js';
import { type SenderBook, startSenders, type Target } from './persistent-senders.js';

export type CrashPlan = { mode: CrashMode; kills: number; seed: number };

export type CrashOutcome = {
  book: SenderBook;
  differences: Difference[];
  /** Invocations that each rollup has counted. */
  rollups: Record<string, number>;
  elapsedMs: number;
};

const entry = join(repositoryRoot, 'bin/coldburn.mjs');
const startDeadlineMs = 180_000;
const drainDeadlineMs = 90_000;
const stopDeadlineMs = 15_000;
/** Longest life of a process after it listens: replays, commits, inserts and merges all fall into it. */
const longestLifeMs = 700;

/**
 * Kills the whole program again and again under load, lets the last one finish, and compares the tables with what was
 * acknowledged. Senders keep what was not acknowledged and send the same bytes again.
 */
export async function crashCampaign({ mode, kills, seed }: CrashPlan): Promise<CrashOutcome> {
  const startedMs = performance.now();
  const random = seededRandom(seed);
  const dir = await tempDir();
  const place = await openCrashPlace(mode, dir.path);
  let program: ServingProgram | null = null;
  let target: Target | null = null;
  const senders = startSenders(() => target);
  try {
    for (let killed = 0; killed <= kills; killed++) {
      program = await start(dir.path, place);
      target = portsOf(program);
      if (killed === kills) break;
      const lifeMs = random() * longestLifeMs;
      // Every fourth dies while it still starts to serve; the others get at least something to lose, however slow the machine.
      if (killed % 4 !== 3) await someAcknowledged(senders.book);
      await pause(lifeMs);
      await program.kill();
      target = null;
    }
    await senders.finish();
    await waitUntil('the spool is empty', () => isDrained(dir.path), drainDeadlineMs);
    await program?.stop(stopDeadlineMs);
    const warehouse = await place.open();
    try {
      const differences = await compareTables(warehouse, senders.book);
      const rollups = await rollupCounts(warehouse);
      return { book: senders.book, differences, rollups, elapsedMs: performance.now() - startedMs };
    } finally {
      await warehouse.close();
    }
  } finally {
    senders.abandon();
    await program?.kill();
    await place.close();
    await dir.remove();
  }
}

function someAcknowledged(book: SenderBook): Promise<void> {
  const before = book.requests;
  return waitUntil('some requests are acknowledged', () => book.requests > before + 3, startDeadlineMs);
}

function start(directory: string, { env }: CrashPlace): Promise<ServingProgram> {
  return startServing(entry, directory, startDeadlineMs, env, ['otlpHttp', 'otlpGrpc']);
}
