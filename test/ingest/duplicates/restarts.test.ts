import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { KnownRequests } from '../../../ingest/duplicates/known-requests.js';
import { bodyMark } from '../../../ingest/duplicates/request-mark.js';
import type { Spool } from '../../../ingest/spool/spool.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { openSpool, recordingEngine, send } from '../support/spool-harness.js';

const keepMs = 10_000;
const limits = { keepMs, maxKeys: 1000 };

type Step =
  | { kind: 'send'; value: number }
  | { kind: 'crash' }
  | { kind: 'restart' }
  | { kind: 'pass'; ms: number };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('send' as const), value: fc.integer({ max: 5, min: 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 6000 }) }),
  },
);

/** A receiver reduced to what decides about duplicates, on a clock set by hand. */
class Receiver {
  readonly engine = recordingEngine();
  readonly #root: string;
  #generation = 0;
  #nowMs = 1_700_000_000_000;
  #known = new KnownRequests({ body: limits, delivery: limits });
  #spool: Spool | null = null;
  #isAway = false;

  constructor(root: string) {
    this.#root = root;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  pass(ms: number): void {
    this.#nowMs += ms;
  }

  async start(): Promise<void> {
    this.#known = new KnownRequests({ body: limits, delivery: limits });
    this.#isAway = false;
    const { spool } = await openSpool(
      this.#directory,
      async (segment) => {
        if (this.#isAway) throw new WarehouseError('unavailable', 'away');
        await this.engine.insert(segment);
      },
      {
        nowMs: () => this.#nowMs,
        marks: { body: limits, delivery: limits },
        onMarksFound: (marks) => this.#known.restore(marks, this.#nowMs),
        limits: { insertEveryMs: 60_000_000 },
      },
    );
    this.#spool = spool;
    // A directory can only be copied while nothing is deleted from it.
    await waitUntil('the leftovers are inserted', () => spool.stats().segments === 0);
  }

  async send(value: number): Promise<void> {
    const spool = this.#spool;
    assert.ok(spool !== null);
    const mark = bodyMark('default', 'traces', Uint8Array.of(value), this.#nowMs);
    await this.#known.once(
      mark,
      () => send(spool, [value], [], 'default', mark).durable,
      () => true,
    );
  }

  /** Goes on from what is on disk at this moment. */
  async crash(): Promise<void> {
    const before = this.#directory;
    this.#generation++;
    await cp(before, this.#directory, { recursive: true });
    this.#isAway = true;
    await this.#spool?.stop(0);
    await rm(before, { recursive: true });
    await this.start();
  }

  async restart(): Promise<void> {
    await this.#spool?.stop(5000);
    await this.start();
  }

  async end(): Promise<number[]> {
    await this.#spool?.stop(5000);
    return this.engine.rows('a').sort();
  }

  get #directory(): string {
    return join(this.#root, String(this.#generation));
  }
}

test('law: whatever is sent, sent again, crashes and restarts, a request is stored once within the window', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps: Step[]) => {
      const dir = await tempDir();
      try {
        const receiver = new Receiver(dir.path);
        await receiver.start();
        const storedAtMs = new Map<number, number>();
        const expected: number[] = [];
        for (const one of steps) {
          if (one.kind === 'pass') receiver.pass(one.ms);
          else if (one.kind === 'send') {
            await receiver.send(one.value);
            const lastMs = storedAtMs.get(one.value);
            if (lastMs !== undefined && lastMs > receiver.nowMs - keepMs) continue;
            storedAtMs.set(one.value, receiver.nowMs);
            expected.push(one.value);
          } else await receiver[one.kind]();
        }
        assert.deepEqual(await receiver.end(), expected.sort());
      } finally {
        await dir.remove();
      }
    }),
    { numRuns: 25 },
  );
});
