import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runAlone } from '../../../warehouse/migrate/lease/run-alone.js';
import { embeddedWarehouse } from '../../support/embedded-warehouse.js';
import { single } from './migrate-harness.js';

test('while work hangs after the stop, signs of life keep their pace instead of asking without a pause', async () => {
  const opened = await embeddedWarehouse();
  let pauses = 0;
  let finishWork = () => {};
  const finished = new Promise<void>((resolve) => {
    finishWork = resolve;
  });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  try {
    const { warehouse } = opened;
    await warehouse.command('CREATE DATABASE IF NOT EXISTS alone');
    const { stop } = runAlone(
      {
        warehouse,
        target: single('alone'),
        subject: { prefix: 'settle_lease_', doing: 'settling' },
        lease: {
          holder: 'me',
          leaseMs: 15_000,
          heartbeatMs: 3_000,
          pollMs: 250,
          isAbandoned: () => false,
        },
        everyMs: 1_000,
        now: () => new Date(0),
        // As the real one: over at once when the signal is aborted already, and never by time alone in this test.
        wait: (_ms, signal) => {
          pauses += 1;
          if (signal.aborted) return Promise.resolve();
          return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        },
        random: () => 0.5,
        log: { warn: () => {}, info: () => {} },
      },
      () => ({
        tick: async () => {
          begun();
          await finished;
          return false;
        },
        forget: () => {},
      }),
    );
    await hasBegun;
    const stopping = stop();
    const pausesAtStop = pauses;
    // Long enough for many beats of a loop without a pause: each is two statements.
    for (let i = 0; i < 20; i += 1) await warehouse.command('CREATE DATABASE IF NOT EXISTS alone');
    assert.equal(pauses, pausesAtStop);
    finishWork();
    await stopping;
    assert.equal(pauses, pausesAtStop + 1, 'the last tick ends in a pause that is over at once');
  } finally {
    finishWork();
    await opened.close();
  }
});
