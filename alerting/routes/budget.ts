import { z } from 'zod';
import { askedWindow, windowQuery } from '../../query/routes/asked-window.js';
import { stepFor } from '../../query/window/step.js';
import type { Access } from '../../schemas/access.js';
import { duration, formatDuration, parseDuration } from '../../schemas/config/duration.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import { BudgetAnswer, LedgerAnswer, WhatIfAnswer } from '../../schemas/slo/budget-answer.js';
import { ratioOf, ShareText } from '../../schemas/slo/percent.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { badAllowedOf, remainingOf, spentWindows } from '../budget/budget.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { touching } from '../corrections/touching.js';
import { type CurrentSlo, foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { readBudgets, worstFirst } from '../reading/read-budgets.js';
import { readLedger } from '../reading/read-ledger.js';
import { readWhatIf } from '../reading/read-what-if.js';
import { SloParams } from './slos.js';

export type BudgetRouteDeps = { now: () => Date; openTenant: (access: Access) => TenantWarehouse };

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Minutes of the ledger are kept this long. */
const longestMs = 95 * dayMs;
const mostPoints = 5_000;
const mostScopes = 1_000;

const scopeQuery = z.string().max(500).optional().meta({ description: 'Only this scope' });
const stepQuery = z
  .string()
  .transform((text, context) => {
    const stepMs = parseDuration(text);
    if (stepMs !== null && stepMs >= minuteMs && stepMs % minuteMs === 0) return stepMs;
    context.issues.push({ code: 'custom', message: 'whole minutes, such as 1m, 5m or 1h', input: text });
    return z.NEVER;
  })
  .optional()
  .meta({ description: 'Length of a step, such as 5m' });

/** What is left of budgets, the counts they are made of, and what another objective would have made of them. */
export function budgetRoutes({ now, openTenant }: BudgetRouteDeps): ZodPlugin {
  const find = async (access: Access, id: string): Promise<CurrentSlo> => {
    const [slo] = foldVersions(await readVersions(openTenant(access), id)).current;
    if (slo === undefined) throw new ProblemError('NOT_FOUND', `There is no SLO "${id}".`);
    return slo;
  };
  const corrected = async (access: Access) =>
    currentCorrections(await readCorrections(openTenant(access), null));
  return async (app) => {
    app.get(
      '/api/v1/slos/:id/budget',
      {
        config: { needs: 'viewer', summary: 'What is left of the error budget, and how fast it goes' },
        schema: {
          params: SloParams,
          querystring: z.object({
            at: Instant.optional().meta({ description: 'As of this instant; left out: now' }),
            scope: scopeQuery,
          }),
          response: { 200: BudgetAnswer, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query, access }) => {
        const slo = await find(access, id);
        const at = query.at ?? now();
        const all = worstFirst(await readBudgets(openTenant(access), [slo], at, now(), spentWindows));
        const chosen = query.scope === undefined ? all[0] : all.find(({ scope }) => scope === query.scope);
        if (chosen === undefined)
          throw new ProblemError('NOT_FOUND', `The SLO "${id}" has no scope "${query.scope}" in the ledger.`);
        const { budget, scope, from, to, raw } = chosen;
        const { objective } = slo.definition;
        const corrections = await corrected(access);
        return {
          ...budget,
          id,
          scope,
          window: { from: from.toISOString(), to: to.toISOString() },
          burn: budget.burn.map((one) => ({ window: formatDuration(one.windowMs), ...one })),
          spent: budget.spent.map((one) => ({ window: formatDuration(one.windowMs), ...one })),
          raw: {
            ...raw,
            bad: Math.max(0, raw.total - raw.good),
            badAllowed: badAllowedOf(raw.total, objective),
            remainingRatio: remainingOf(raw, objective),
          },
          corrections: touching(corrections, slo.definition, scope, { from, to }),
          scopes: all.slice(0, mostScopes).map((one) => ({
            scope: one.scope,
            status: one.budget.status,
            total: one.budget.total,
            remainingRatio: one.budget.remainingRatio,
          })),
        };
      },
    );
    app.get(
      '/api/v1/slos/:id/ledger',
      {
        config: { needs: 'viewer', summary: 'Good and all events over time' },
        schema: {
          params: SloParams,
          querystring: z.object({ ...windowQuery, step: stepQuery, scope: scopeQuery }),
          response: { 200: LedgerAnswer, 400: Problem, 404: Problem, 422: Problem },
        },
      },
      async ({ params: { id }, query, access }) => {
        const slo = await find(access, id);
        const window = askedWindow(query, now(), longestMs);
        const stepMs = query.step ?? stepFor(window, 120, minuteMs);
        const steps = Math.ceil((window.to.getTime() - window.from.getTime()) / stepMs);
        if (steps > mostPoints)
          throw new ProblemError(
            'QUERY_LIMIT',
            `The window has ${steps} steps; at most ${mostPoints} are answered.`,
          );
        const corrections = await corrected(access);
        const asked = { slo, scope: query.scope ?? null, ...window, corrections };
        const points = await readLedger(openTenant(access), { ...asked, stepS: stepMs / 1000 });
        return {
          id,
          from: window.from.toISOString(),
          to: window.to.toISOString(),
          stepMs,
          points: points.map(({ at, ...sums }) => ({ at: at.toISOString(), ...sums })),
          corrections: touching(corrections, slo.definition, query.scope ?? null, window),
        };
      },
    );
    app.get(
      '/api/v1/slos/:id/whatif',
      {
        config: {
          needs: 'viewer',
          summary: 'What the last days would have been with another objective or threshold',
        },
        schema: {
          params: SloParams,
          querystring: z.object({
            objective: ShareText.optional().meta({
              description: 'Such as 99.5%; left out: the one in force',
            }),
            under: duration({ atLeastMs: 1, atMostMs: 86_400_000 })
              .optional()
              .meta({ description: 'Of an objective on latency: another threshold, such as 250ms' }),
            days: z.coerce.number().int().min(1).max(95).default(30),
            scope: scopeQuery,
          }),
          response: { 200: WhatIfAnswer, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query, access }) => {
        const slo = await find(access, id);
        const objective = query.objective ?? slo.definition.objective;
        const to = new Date(Math.floor(now().getTime() / minuteMs) * minuteMs);
        const from = new Date(to.getTime() - query.days * dayMs);
        const corrections = await corrected(access);
        const { sli } = slo.definition;
        if (query.under !== undefined && sli.kind !== 'latency')
          throw new ProblemError(
            'BAD_REQUEST',
            `under is of objectives on latency; "${id}" is on ${sli.kind}.`,
          );
        const asked = { slo, scope: query.scope ?? null, from, to, corrections, objective };
        const rows = await readWhatIf(openTenant(access), { ...asked, underMs: query.under ?? null });
        return {
          id,
          objective: ratioOf(objective),
          underMs: query.under ?? (sli.kind === 'latency' ? sli.under : null),
          from: from.toISOString(),
          to: to.toISOString(),
          scopes: rows.slice(0, mostScopes).map((row) => ({
            ...row,
            bad: Math.max(0, row.total - row.good),
            badAllowed: badAllowedOf(row.total, objective),
            remainingRatio: remainingOf(row, objective),
          })),
        };
      },
    );
  };
}
