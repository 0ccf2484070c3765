import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DecodeThread } from '../../../ingest/decoding/decode-thread.js';
import type { Job } from '../../../ingest/decoding/job.js';
import { waitMs } from '../../../ingest/spool/wait-ms.js';
import { decodeSettings, jobOf } from '../support/decode-settings.js';
import { goodSpan, jsonRequest } from '../support/sample-span.js';

const body = jsonRequest([goodSpan]);
const threads: DecodeThread[] = [];
after(() => Promise.all(threads.map((thread) => thread.close())));

function open(changes: Partial<ConstructorParameters<typeof DecodeThread>[0]> = {}): DecodeThread {
  const thread = new DecodeThread({ settings: decodeSettings, wait: waitMs, mostMs: 60_000, ...changes });
  threads.push(thread);
  return thread;
}

/** One that the thread cannot have met: it breaks where nothing is caught. */
const breaking = (): Job => Object.assign(jobOf(body), { knowledge: null });

test('it answers rows, and a refusal for a body that cannot be read', async () => {
  const thread = open();
  const rows = await thread.run(jobOf(body));
  assert.ok(rows.kind === 'rows');
  assert.deepEqual(
    [rows.received.accepted, rows.tables.map(({ rows: count }) => count)],
    [1, [1, 1, 1, 0, 0, 0, 0]],
  );
  const refused = await thread.run(jobOf(Buffer.from('{"resourceSpans":[')));
  assert.ok(refused.kind === 'refused');
  assert.equal(refused.reason, 'undecodable');
  assert.match(refused.message, /at byte 18/);
});

test('when it breaks, the request it was reading is answered, and the next has a new thread', async () => {
  const thread = open();
  const broken = await thread.run(breaking());
  assert.ok(broken.kind === 'failed');
  assert.match(broken.error.message, /null/);
  assert.equal((await thread.run(jobOf(body))).kind, 'rows');
});

test('what takes too long is ended and refused; the next has a new thread', async () => {
  let limit = (): void => undefined;
  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    ms === 7000
      ? new Promise((resolve) => {
          limit = resolve;
          signal.addEventListener('abort', () => resolve());
        })
      : waitMs(ms, signal);
  const thread = open({ wait, mostMs: 7000 });
  const endless = thread.run(jobOf(body));
  limit();
  const ended = await endless;
  assert.deepEqual(ended, {
    kind: 'refused',
    reason: 'too-large',
    message: 'Reading the request takes longer than 7 s; send smaller batches',
  });
  assert.equal((await thread.run(jobOf(body))).kind, 'rows');
});

test('what takes too much memory is refused; the next has a new thread', async () => {
  const thread = open({ mostHeapMb: 32 });
  // No body makes as many objects as such knowledge.
  const { knowledge } = jobOf(body);
  const columns = new Map(
    Array.from({ length: 120_000 }, (_, index) => [
      `column${index}`,
      { today: new Uint32Array(0), yesterday: new Uint32Array(0) },
    ]),
  );
  const fat = { ...jobOf(body), knowledge: { ...knowledge, names: { ...knowledge.names, columns } } };
  const refused = await thread.run(fat);
  assert.ok(refused.kind === 'refused', JSON.stringify(refused.kind));
  assert.equal(refused.reason, 'too-large');
  assert.match(refused.message, /memory/);
  assert.equal((await thread.run(jobOf(body))).kind, 'rows');
});

test('closing it refuses what it is reading as a server that ends', async () => {
  const thread = open();
  const reading = thread.run(jobOf(body));
  await thread.close();
  const outcome = await reading;
  assert.ok(outcome.kind === 'refused');
  assert.equal(outcome.reason, 'closed');
});
