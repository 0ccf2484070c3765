import type { BacktestAnswer, BacktestQuestion } from '../../schemas/alerting/backtest.js';
import { ProblemError } from '../../schemas/problem.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { shapeOf } from '../../schemas/slo/write-slo.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { judgeTiers } from '../tiers/judge-slo.js';
import { backtest } from './backtest.js';

const longestMs = 95 * 86_400_000;

/** Judges a question, finds the definition and the counts it is about, and plays them. */
export async function answerBacktest(
  door: TenantWarehouse,
  question: BacktestQuestion,
): Promise<BacktestAnswer> {
  const { from, to, scope = null, compare = null } = question;
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs <= 0) throw new ProblemError('BAD_REQUEST', 'from must be before to.');
  if (lengthMs > longestMs)
    throw new ProblemError('QUERY_LIMIT', 'Minutes of the ledger are kept for 95 days; ask for no more.');
  const { definition, shape } = await chosen(door, question);
  for (const alerting of [definition.alerting, compare])
    if (alerting !== null) refuseBad({ ...definition, alerting });
  return await backtest(door, { definition, shape, from, to, scope, compare });
}

/** The definition that is meant, and the ledger that has its counts. */
async function chosen(
  door: TenantWarehouse,
  { slo, alerting }: BacktestQuestion,
): Promise<{ definition: SloDefinition; shape: string | null }> {
  const id = typeof slo === 'string' ? slo : slo.id;
  const [stored] = foldVersions(await readVersions(door, id)).current;
  const given = typeof slo === 'string' ? stored?.definition : slo;
  if (given === undefined) throw new ProblemError('NOT_FOUND', `There is no SLO "${id}".`);
  const definition = alerting === undefined ? given : { ...given, alerting };
  return { definition, shape: stored?.shape === shapeOf(definition) ? stored.shape : null };
}

function refuseBad(definition: SloDefinition): void {
  const refused = judgeTiers(definition).flatMap(({ problems }) =>
    problems.filter(({ kind }) => kind === 'refused').map(({ says }) => says),
  );
  if (refused.length > 0) throw new ProblemError('BAD_REQUEST', `A tier is refused: ${refused.join('; ')}.`);
}
