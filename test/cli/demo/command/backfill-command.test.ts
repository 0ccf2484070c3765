import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backfillCommand } from '../../../../cli/demo/command/backfill-command.js';
import { readHistoryState } from '../../../../cli/demo/history/history-state.js';
import { tempDir } from '../../../support/temp-dir.js';

test('a backfill that is told to stop says that it can go on, and nothing else', async () => {
  const { path: dataDir, remove } = await tempDir();
  const stopping = new AbortController();
  const said: string[] = [];
  const io = {
    out: (line: string) => assert.fail(line),
    err: (line: string) => {
      said.push(line);
      stopping.abort('SIGINT');
    },
    isTty: false,
    read: () => assert.fail('nothing is to be read'),
  };
  try {
    const exitCode = await backfillCommand(['--days', '1', '--rows', '100k'], {
      io,
      env: { COLDBURN_DATA_DIR: dataDir },
      now: () => new Date(),
      version: '0.0.0',
      stopSignal: () => stopping.signal,
    });
    assert.equal(exitCode, 1);
    assert.match(said.at(-1) ?? '', /^coldburn: stopped; the same command goes on/);
    assert.equal((await readHistoryState(dataDir))?.doneChunks, 1);
  } finally {
    await remove();
  }
});
