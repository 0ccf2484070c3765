import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeDecidedUntil } from '../../../alerting/tick/alert-log.js';
import { Notice } from '../../../schemas/alerting/notice.js';
import { createServerDatabase } from '../../../warehouse/server/create-database.js';
import { openServer } from '../../../warehouse/server/open-server.js';
import { startEndpoint } from '../../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../../support/embedded-warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { migrateForTest } from '../../support/migrated-warehouse.js';
import { recordingServer } from '../../support/recording-server.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { eventsOf, ledgerUpToDate } from '../tick/alert-harness.js';

const program = join(import.meta.dirname, 'alert-program.js');
const minuteMs = 60_000;
const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - 3 * 60 * minuteMs;
/** Telemetry inserted long after it happened is waited for as long as any: five minutes. */
const at = (minute: number) => startMs + (minute + 5) * minuteMs;
const patienceMs = 40_000;

test('two processes on one server: one page, and when one is killed as it tells, the other goes on to the end', async () => {
  const endpoint = await startEndpoint();
  const directory = await tempDir();
  const database = 'two';
  const server = { url: endpoint.url, user: 'default', password: endpoint.password, database };
  const options = { ...server, limits: testLimits, newId: randomUUID };
  await createServerDatabase(options, null);
  const warehouse = await openServer(options);
  const children = new Map<string, ChildProcess>();
  let isFirst = true;
  // The one that tells first is killed before it has its answer, so nobody has written down that it told.
  const receiver = await recordingServer(async ({ path }) => {
    const teller = children.get(path.slice(1));
    if (!isFirst || teller === undefined) return { status: 200 };
    isFirst = false;
    await killed(teller);
    return { status: 200 };
  });
  try {
    await migrateForTest(warehouse, database);
    await putSlo(warehouse, 'default', {
      id: 'api',
      title: 'API',
      where: { function: 'api' },
      sli: { kind: 'success' },
      objective: '99.9%',
      alerting: { tiers: [{ budget: '2%', long: '1h', short: '5m', severity: 'page' }] },
    });
    // An hour of calm, four minutes of failures, and calm again.
    await insertInvocations(
      warehouse,
      Array.from({ length: 20 * 85 }, (_, index) => {
        const minute = Math.floor(index / 20) - 60;
        const startedAt = new Date(startMs + minute * minuteMs + (index % 20) * 1_000);
        const outcome = minute >= 0 && minute < 4 ? ('error' as const) : ('ok' as const);
        return { function: 'api', startedAt, outcome };
      }),
    );
    await ledgerUpToDate(warehouse, directory.path);
    await writeDecidedUntil(warehouse, new Date(startMs - minuteMs));
    for (const name of ['a', 'b']) {
      const child = fork(program, [endpoint.url, database, `${receiver.url}/${name}`, directory.path], {
        stdio: 'inherit',
        env: { ...process.env, ENDPOINT_PASSWORD: endpoint.password, NOW_MS: String(at(3)) },
      });
      children.set(name, child);
      await once(child, 'message');
    }
    const told = () => receiver.requests.map(({ body }) => Notice.parse(JSON.parse(body)));
    await waitUntil(
      'the other tells what the killed one had begun to',
      async () => told().length >= 2,
      patienceMs,
    );
    const living = [...children.values()].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    assert.equal(living.length, 1);
    for (const child of living) child.send({ nowMs: at(15) });
    const isOver = async () => told().some(({ kind }) => kind === 'resolved');
    await waitUntil('the end is told', isOver, patienceMs);
    const ids = (kind: string) =>
      told()
        .filter((one) => one.kind === kind)
        .map(({ id }) => id);
    assert.equal(new Set(ids('firing')).size, 1, 'the same page under one key');
    assert.deepEqual(
      receiver.requests.map(({ headers }) => headers['webhook-id']),
      told().map(({ id }) => id),
    );
    assert.equal(ids('resolved').length, 1);
    const events = new Map(
      (await eventsOf(warehouse, 'default')).map((event) => [event.eventId, event.kind]),
    );
    assert.deepEqual([...events.values()], ['withheld', 'fired', 'resolved']);
  } finally {
    for (const child of children.values()) await killed(child);
    await receiver.close();
    await warehouse.close();
    await endpoint.stop();
    await directory.remove();
  }
});

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
