import { parentPort, workerData } from 'node:worker_threads';
import type { DecodeSettings } from './decode-settings.js';
import type { Job, Outcome } from './job.js';
import { jobReader } from './read-jobs.js';

const settings: DecodeSettings = workerData;
const read = jobReader(settings);

parentPort?.on('message', (job: Job) => {
  const outcome: Outcome = read(job);
  const tables = outcome.kind === 'rows' ? outcome.tables : [];
  const buffers = tables.flatMap(({ bytes: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  // The body is given back: this thread makes few objects, so it would keep bodies for long before it tidies up.
  parentPort?.postMessage(outcome, [...buffers, job.bytes.buffer]);
});
