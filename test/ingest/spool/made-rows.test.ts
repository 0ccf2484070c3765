import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { bodyMark, type RequestMark } from '../../../ingest/duplicates/request-mark.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { openSpool, recordingEngine, send } from '../support/spool-harness.js';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir.remove());

test('rows made elsewhere come behind those of the same commit, and after a crash once', async () => {
  const engine = recordingEngine();
  const away = async () => {
    throw new WarehouseError('unavailable', 'away');
  };
  const { spool: first } = await openSpool(dir.path, away);
  const part = (place: number, ...values: number[]) => ({
    place,
    rows: values.length,
    bytes: Uint8Array.from(values),
  });
  const mark = bodyMark('default', 'traces', Buffer.from('x'), Date.now());
  await Promise.all([
    first.add('default', [part(0, 3, 4), part(1, 5)], mark),
    send(first, [1, 2]).durable,
    first.add('other', [part(0, 6)], null),
  ]);
  await first.add('default', [part(0)], null);
  // The first is left as a kill leaves it: its log is there, and it is never asked again.
  const found: RequestMark[] = [];
  const { spool, notes } = await openSpool(dir.path, engine.insert, {
    onMarksFound: (marks) => found.push(...marks),
  });
  await waitUntil('the rows are inserted', () => notes.length > 0);
  assert.deepEqual(engine.rows('a'), [1, 2, 3, 4, 6]);
  assert.deepEqual(engine.rows('b'), [5]);
  assert.deepEqual(notes[0]?.tenants, new Set(['default', 'other']));
  assert.deepEqual(
    found.map(({ key }) => key.toString('hex')),
    [mark.key.toString('hex')],
  );
  await Promise.all([first.stop(0), spool.stop(100)]);
});
