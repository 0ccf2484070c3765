import type { z } from 'zod';
import { GateAnswer } from '../../../schemas/alerting/gate-answer.js';
import { CostAnswer } from '../../../schemas/cost/attribution.js';
import type { Deployment } from '../../../schemas/deployment.js';
import { BudgetAnswer, LedgerAnswer } from '../../../schemas/slo/budget-answer.js';
import { SloList } from '../../../schemas/slo/slo-answer.js';
import {
  burnedRatio,
  type CostOfRuns,
  costOfRuns,
  type EffectSpan,
  type ObjectiveAbout,
  objectivesAbout,
} from '../view/oncall/deployment-effect.js';
import { apiUrl } from '../view/view-state.js';
import { type Answer, ask } from './ask.js';

export type DeploymentEffect = {
  burned: (ObjectiveAbout & { before: number | null; after: number | null })[];
  cost: { before: CostOfRuns; after: CostOfRuns };
  gate: z.infer<typeof GateAnswer>;
};

/** What a deployment did: budget burned and cost per million as long before it as after, and the test of the gate. */
export async function readDeploymentEffect(
  { function: name, environment, version }: Deployment,
  { fromMs, atMs, toMs }: EffectSpan,
  signal: AbortSignal,
): Promise<Answer<DeploymentEffect>> {
  const get = <Data>(path: string, params: Record<string, string>, schema: z.ZodType<Data>) =>
    ask(apiUrl(path, params), schema, signal);
  const before = { from: String(fromMs), to: String(atMs) };
  const after = { from: String(atMs), to: String(toMs) };
  const place = environment === '' ? { function: name } : { function: name, environment };
  const [slos, gate, costBefore, costAfter] = await Promise.all([
    get('slos', {}, SloList),
    get('gate', version === '' ? place : { ...place, version }, GateAnswer),
    get('cost', { groupBy: 'version', ...place, ...before }, CostAnswer),
    get('cost', { groupBy: 'version', ...place, ...after }, CostAnswer),
  ]);
  if (slos.kind !== 'ok') return slos;
  if (gate.kind !== 'ok') return gate;
  if (costBefore.kind !== 'ok') return costBefore;
  if (costAfter.kind !== 'ok') return costAfter;
  const burned: DeploymentEffect['burned'] = [];
  for (const about of objectivesAbout(slos.data.slos, { function: name, environment })) {
    const path = `slos/${encodeURIComponent(about.id)}`;
    const scope = about.scope === '' ? {} : { scope: about.scope };
    const [budget, old, fresh] = await Promise.all([
      get(`${path}/budget`, scope, BudgetAnswer),
      get(`${path}/ledger`, { ...before, ...scope }, LedgerAnswer),
      get(`${path}/ledger`, { ...after, ...scope }, LedgerAnswer),
    ]);
    // An objective without anything counted for this function has no such scope, and nothing to say here.
    if (budget.kind !== 'ok' || old.kind !== 'ok' || fresh.kind !== 'ok') continue;
    const { badAllowed } = budget.data;
    burned.push({
      ...about,
      before: burnedRatio(old.data.points, badAllowed),
      after: burnedRatio(fresh.data.points, badAllowed),
    });
  }
  const cost = { before: costOfRuns(costBefore.data, null), after: costOfRuns(costAfter.data, version) };
  return { kind: 'ok', data: { burned, cost, gate: gate.data } };
}
