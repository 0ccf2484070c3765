import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { createEvaluator } from '../evaluate/evaluate.js';
import { readSums } from '../ledger/read-sums.js';
import { addMinute, emptyCounts, type ScopedCounts } from './read-minutes.js';

const dayMs = 86_400_000;

/** What the ledger of a definition would hold, worked out from the sums by minute; a day at a time, so that memory stays flat. */
export async function countRollups(
  warehouse: TenantWarehouse,
  definition: SloDefinition,
  { from, to }: { from: Date; to: Date },
): Promise<ScopedCounts[]> {
  const evaluator = createEvaluator([definition]);
  const counted = definition.sli.kind === 'time-slice' ? definition.sli.of : definition.sli;
  const wants = { counts: counted.kind === 'success', thresholdsMs: evaluator.thresholdsMs };
  const scopes = new Map<string, ScopedCounts>();
  const firstMs = Math.floor(from.getTime() / dayMs) * dayMs;
  for (let dayStartMs = firstMs; dayStartMs < to.getTime(); dayStartMs += dayMs) {
    const evaluation = evaluator.begin();
    const day = { from: new Date(dayStartMs), to: new Date(Math.min(dayStartMs + dayMs, to.getTime())) };
    await readSums(warehouse, { ...day, only: [] }, wants, evaluation);
    for (const { scope, minuteMs, good, total } of evaluation.entries()) {
      const found = scopes.get(scope) ?? { scope, counts: emptyCounts(from, to) };
      scopes.set(scope, found);
      addMinute(found.counts, minuteMs, good, total);
    }
  }
  return [...scopes.values()];
}
