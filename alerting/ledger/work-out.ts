import type { Tenant } from '../../schemas/access.js';
import { sumKinds } from '../evaluate/count-run.js';
import type { Entry, Evaluator } from '../evaluate/evaluate.js';
import { countedOf } from '../evaluate/evaluate.js';
import { comparesWithRuns } from '../figures/figure-kinds.js';
import { readFigures } from '../figures/read-figures.js';
import type { LedgerDeps } from './ledger-job.js';
import type { Work } from './plan-work.js';
import { readPredicates } from './read-predicates.js';
import { type MinutesAsked, readSums } from './read-sums.js';

const dayMs = 86_400_000;

/** Reads all that some minutes of one day come to; nothing is written. */
export async function workOut(
  deps: LedgerDeps,
  tenant: Tenant,
  evaluator: Evaluator,
  asked: MinutesAsked,
  { runs, figures }: Pick<Work, 'runs' | 'figures'>,
  nowMs: number,
): Promise<Entry[]> {
  const { definitions, predicates, thresholdsMs } = evaluator;
  const door = deps.warehouse.forTenant(tenant);
  const into = evaluator.begin();
  if (runs) {
    const counts =
      predicates.length > 0 ||
      definitions.some(({ sli }) => sumKinds.some((kind) => kind === countedOf(sli).kind));
    await readSums(door, asked, { counts, thresholdsMs }, into);
    // A day less than is kept: what expires this very day must not be counted on.
    const isKept = (table: 'invocations' | 'spans') =>
      asked.from.getTime() >= nowMs - deps.keptMs(tenant, table) + dayMs;
    const kept = { rows: isKept('invocations'), attributes: isKept('spans') };
    await readPredicates(door, asked, definitions, predicates, kept, into);
  }
  const isWanted = figures === 'all' ? () => true : comparesWithRuns;
  await readFigures(door, asked, definitions, isWanted, deps.queues, into);
  return into.entries();
}
