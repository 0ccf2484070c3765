import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import { ComplianceAnswer } from '../../schemas/slo/compliance-answer.js';
import { ratioOf } from '../../schemas/slo/percent.js';
import { CalendarUnit, Zone } from '../../schemas/slo/period.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { type JudgedPeriod, readCompliance } from '../reading/read-compliance.js';
import type { BudgetRouteDeps } from './budget.js';
import { SloParams } from './slos.js';

/** Days of the ledger are kept this long; longer reports would be of nothing. */
const mostPeriods = { week: 110, month: 26, quarter: 9, year: 3 } as const;

/** Whether an objective was kept, by calendar period: what a report to somebody else is made of. */
export function complianceRoutes({ now, openTenant }: BudgetRouteDeps): ZodPlugin {
  const allOf = async (access: Access, id: string) => {
    const versions = await readVersions(openTenant(access), id);
    const [slo] = foldVersions(versions).current;
    if (slo === undefined) throw new ProblemError('NOT_FOUND', `There is no SLO "${id}".`);
    return { slo, versions };
  };
  return async (app) => {
    app.get(
      '/api/v1/slos/:id/compliance',
      {
        config: { needs: 'viewer', summary: 'Whether an objective was kept, by calendar period' },
        schema: {
          params: SloParams,
          querystring: z.object({
            by: CalendarUnit.optional().meta({ description: 'Left out: as the objective, else month' }),
            zone: Zone.optional().meta({ description: 'Left out: that of the objective, else UTC' }),
            periods: z.coerce.number().int().min(1).max(110).default(6),
            scope: z.string().max(500).optional().meta({ description: 'Left out: the one that kept least' }),
          }),
          response: { 200: ComplianceAnswer, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query, access }) => {
        const { slo, versions } = await allOf(access, id);
        const { period } = slo.definition;
        const own = period.kind === 'calendar' ? period : { unit: 'month' as const, zone: 'UTC' };
        const { by = own.unit, zone = own.zone, periods: count } = query;
        if (count > mostPeriods[by])
          throw new ProblemError('BAD_REQUEST', `At most ${mostPeriods[by]} periods of a ${by} are kept.`);
        const corrections = currentCorrections(await readCorrections(openTenant(access), null));
        const asked = { slo, versions, unit: by, zone, count, now: now(), corrections };
        const all = await readCompliance(openTenant(access), asked);
        const chosen = query.scope === undefined ? all[0] : all.find(({ scope }) => scope === query.scope);
        if (chosen === undefined)
          throw new ProblemError('NOT_FOUND', `The SLO "${id}" has no scope "${query.scope}" in the ledger.`);
        const scopes = all.map(({ scope }) => scope).sort();
        return { id, scope: chosen.scope, by, zone, periods: chosen.periods.map(answerOf), scopes };
      },
    );
  };
}

function answerOf({ from, to, inForce, ...period }: JudgedPeriod) {
  const { objective, wasInForce, changes } = inForce;
  return {
    ...period,
    from: from.toISOString(),
    to: to.toISOString(),
    objective: ratioOf(objective),
    wasInForce,
    changes: changes.map((one) => ({ at: one.at.toISOString(), objective: one.objective })),
    bad: Math.max(0, period.total - period.good),
  };
}
