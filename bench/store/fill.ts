import { readHistoryState } from '../../cli/demo/history/history-state.js';
import { beginHistory, continueHistory } from '../../cli/demo/history/run-history.js';
import { defaultTenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Asked } from './asked.js';
import { cpuSeconds, type Figure } from './figure.js';

const days = 29;
const minuteMs = 60_000;

/**
 * Fills the store with a month of the demo's shop, made inside the engine. Answers when that month ended, or null when the
 * time was up first.
 */
export async function fillStore(
  warehouse: Warehouse,
  dataDir: string,
  { rows, minutes }: Asked,
): Promise<{ until: Date | null; figures: Figure[] }> {
  const toMinute = Math.floor(Date.now() / minuteMs);
  const ratePerSecond = rows / (days * 86_400);
  const order = { seed: 1, ratePerSecond, fromMinute: toMinute - days * 1440, toMinute };
  const begun = (await readHistoryState(dataDir)) ?? (await beginHistory(dataDir, order));
  const until = new Date(begun.toMinute * minuteMs);
  if (begun.doneChunks >= begun.chunks) return { until, figures: [] };
  const timeUp = AbortSignal.timeout(minutes * minuteMs);
  let done = begun.doneChunks;
  const host = { warehouse, database: 'coldburn', tenant: defaultTenant, dataDir, signal: timeUp };
  const onDone = ({ doneChunks }: { doneChunks: number }) => {
    done = doneChunks;
  };
  const cpu = await cpuSeconds(async () => {
    await continueHistory({ ...host, onDone }).catch((error: unknown) => {
      if (!timeUp.aborted) throw error;
    });
  });
  const figures = [
    { measure: 'parts of the history made', value: done, unit: `of ${begun.chunks}` },
    { measure: 'making them', value: cpu / (done - begun.doneChunks), unit: 'CPU-s each' },
  ];
  return { until: done >= begun.chunks ? until : null, figures };
}
