import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactRollups } from './support/crash/compare-tables.js';
import { crashCampaign } from './support/crash/crash-campaign.js';

const kills = 5;

for (const mode of ['embedded', 'server'] as const) {
  test(`kill -9 of the serving program at ${kills} random moments under load, ${mode}: every acknowledged span is stored exactly once`, async () => {
    const { book, differences, rollups } = await crashCampaign({ mode, kills, seed: 20261120 });
    assert.ok(book.requests > kills * 3 && book.retries > 0, `${book.requests} requests were acknowledged`);
    assert.deepEqual(differences, [
      { table: 'spans', expected: book.spans.size, lost: [], doubled: [], unknown: [] },
      { table: 'invocations', expected: book.runs.size, lost: [], doubled: [], unknown: [] },
    ]);
    assert.deepEqual(rollups, exactRollups(book.runs.size));
  });
}
