import { gzipSync } from 'node:zlib';
import { bombs } from './bombs.js';
import { watchCrowding } from './crowding.js';
import { fuzzBases } from './fuzz-bases.js';
import { problemOf } from './fuzz-judge.js';
import { FuzzSender, type Ports } from './fuzz-send.js';
import { type Shot, shotOf } from './fuzz-shot.js';

export type FuzzPlan = {
  ports: Ports;
  /** The first and the one behind the last. */
  from: number;
  to: number;
  bombBytes: number;
};

export type FuzzOutcome = {
  /** How often each answer came, as "http 400" or "grpc 3"; "none" is a connection that ended without one. */
  answers: Map<string, number>;
  slowestMs: number;
  slowestSeed: number;
  /** By how much others on the machine stretched what it took; 1 when it was left alone. */
  crowding: number;
  /** What is wrong, with the number of the shot. */
  problems: string[];
};

const atOnce = 12;

/** Sends every shot of a range and judges the answers. */
export async function fuzzCampaign({ ports, from, to, bombBytes }: FuzzPlan): Promise<FuzzOutcome> {
  const bases = await fuzzBases();
  const packed = bombs(bombBytes, Date.now()).map((bomb) => ({
    ...bomb,
    body: gzipSync(bomb.body, { level: 1 }),
  }));
  const sender = new FuzzSender(ports);
  const outcome: FuzzOutcome = {
    answers: new Map(),
    slowestMs: 0,
    slowestSeed: 0,
    crowding: 1,
    problems: [],
  };
  const crowding = watchCrowding();
  let next = from;
  const work = async (): Promise<void> => {
    while (next < to) {
      const seed = next++;
      await fire(sender, shotOf(bases, packed, seed), seed, outcome);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    outcome.crowding = crowding.stop();
    sender.close();
  }
  return outcome;
}

/** Sends one shot and notes what came of it. */
async function fire(sender: FuzzSender, shot: Shot, seed: number, outcome: FuzzOutcome): Promise<void> {
  const startedMs = performance.now();
  const reply = await sender.send(shot);
  const elapsedMs = performance.now() - startedMs;
  const key = reply === null ? `${shot.port} none` : `${shot.port} ${reply.status}`;
  outcome.answers.set(key, (outcome.answers.get(key) ?? 0) + 1);
  if (elapsedMs > outcome.slowestMs) {
    outcome.slowestMs = elapsedMs;
    outcome.slowestSeed = seed;
  }
  const owesAnswer = shot.port !== 'socket' || shot.isWhole;
  if (reply === null) {
    if (owesAnswer) outcome.problems.push(`${seed}: no answer over ${shot.port}`);
    return;
  }
  const problem = problemOf(shot, reply);
  if (problem !== null) outcome.problems.push(`${seed}: ${shot.port}: ${problem}`);
}
