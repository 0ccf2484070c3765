import { readHistoryState } from '../../cli/demo/history/history-state.js';
import { beginHistory, continueHistory } from '../../cli/demo/history/run-history.js';
import { defaultTenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Asked } from './asked.js';
import { cpuSeconds, type Figure } from './figure.js';
import { multiply } from './multiply.js';

const days = 29;
/** Of the history itself; what is asked beyond that are copies of it with other ids and times, which are made sooner. */
const mostMade = 10e6;
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
  const ratePerSecond = Math.min(rows, mostMade) / (days * 86_400);
  const order = { seed: 1, ratePerSecond, fromMinute: toMinute - days * 1440, toMinute };
  const begun = (await readHistoryState(dataDir)) ?? (await beginHistory(dataDir, order));
  const until = new Date(begun.toMinute * minuteMs);
  const timeUp = AbortSignal.timeout(minutes * minuteMs);
  const copies = Math.round(rows / mostMade) - 1;
  let done = begun.doneChunks;
  const host = { warehouse, database: 'coldburn', tenant: defaultTenant, dataDir, signal: timeUp };
  const onDone = ({ doneChunks }: { doneChunks: number }) => {
    done = doneChunks;
  };
  const isWhole = begun.doneChunks >= begun.chunks;
  const cpu = await cpuSeconds(async () => {
    await continueHistory({ ...host, onDone, giveWay: async () => {} }).catch((error: unknown) => {
      if (!timeUp.aborted) throw error;
    });
  });
  const figures = isWhole
    ? []
    : [
        { measure: 'parts of the history made', value: done, unit: `of ${begun.chunks}` },
        { measure: 'making them', value: cpu / (done - begun.doneChunks), unit: 'CPU-s each' },
      ];
  if (done < begun.chunks) return { until: null, figures };
  const areMade = copies <= 0 || (await multiply(warehouse, dataDir, copies, timeUp));
  return { until: areMade ? until : null, figures };
}
