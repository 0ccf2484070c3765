import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rule } from '../../../alerting/rules/rule.js';
import { startAlerts } from '../../../alerting/tick/start-alerts.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { ledgerUpToDate } from './alert-harness.js';
import { costAlerts, testCosts } from './test-costs.js';

/** A log that, like that of the program, does not work when its methods are taken from it. */
class Log {
  readonly lines: string[] = [];
  warn(_fields: object, sentence: string): void {
    this.lines.push(sentence);
  }
  info(_fields: object, sentence: string): void {
    this.lines.push(sentence);
  }
}

const broken: Rule = {
  id: 'broken',
  title: 'Broken',
  severity: 'ticket',
  why: 'It is a test.',
  minimumMs: 0,
  find: async () => {
    throw new Error('this rule cannot be judged');
  },
};

test('a rule that fails is told in the log, and minutes are decided all the same', async () => {
  const opened = await openMigrated();
  const directory = await tempDir();
  const log = new Log();
  try {
    const { warehouse } = opened;
    await insertInvocations(warehouse, [{ function: 'api', startedAt: new Date(Date.now() - 60_000) }]);
    await ledgerUpToDate(warehouse, directory.path);
    const alerts = startAlerts({
      ...{ warehouse, log, rules: [broken], costs: await testCosts(), costAlerts, directory: tmpdir() },
      queues: { metrics: [], deadLetter: [] },
      diagnose: async () => null,
      publish: () => undefined,
      now: () => new Date(),
      target: { kind: 'single', database: 'coldburn' },
      lease: null,
      wait: async (ms, signal) => {
        await sleep(ms, undefined, { signal }).catch(() => undefined);
      },
      random: () => 0,
    });
    await waitUntil('a minute is decided', async () => alerts.stats().decidedUntilMs !== null, 20_000);
    await alerts.stop();
    assert.equal(alerts.stats().failures, 0);
    assert.deepEqual([...new Set(log.lines)], ['a rule could not be judged; its incidents stay as they are']);
  } finally {
    await opened.close();
    await directory.remove();
  }
});
