import { z } from 'zod';
import type { Access, Tenant } from '../../schemas/access.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import { CorrectionAnswer, CorrectionList, NewCorrection } from '../../schemas/slo/correction.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CorrectionLog } from '../corrections/correction-log.js';
import { type KnownCorrection, makeCorrection } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { windowsWithin } from '../recurrence/windows.js';

export type CorrectionRouteDeps = {
  now: () => Date;
  newId: () => string;
  openTenant: (access: Access) => TenantWarehouse;
  openLog: (tenant: Tenant) => CorrectionLog;
};

type Range = { from: Date; to: Date };

const dayMs = 86_400_000;
const mostDays = 800;
const mostWindows = 1_000;

const rangeQuery = {
  from: Instant.optional().meta({ description: 'Left out: 30 days ago' }),
  to: Instant.optional().meta({ description: 'Left out: in 30 days' }),
};
const Params = z.object({ id: z.string().max(100) });
const Deletion = z.object({
  reason: z.string().trim().min(1, 'a deletion needs a reason').max(1000),
  author: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Left out: the key that deletes it' }),
});

/** Time that does not count for objectives: told with author and reason, never changed without a trace. */
export function correctionRoutes({ now, newId, openTenant, openLog }: CorrectionRouteDeps): ZodPlugin {
  const rangeOf = (query: { from?: Date | undefined; to?: Date | undefined }): Range => {
    const from = query.from ?? new Date(now().getTime() - 30 * dayMs);
    const to = query.to ?? new Date(Math.max(now().getTime(), from.getTime()) + 30 * dayMs);
    if (from >= to) throw new ProblemError('BAD_REQUEST', 'from must be before to');
    if (to.getTime() - from.getTime() > mostDays * dayMs)
      throw new ProblemError('BAD_REQUEST', `at most ${mostDays} days are answered at once`);
    return { from, to };
  };
  const find = async (access: Access, id: string): Promise<KnownCorrection> => {
    const [known] = (await readCorrections(openTenant(access), id)).known;
    if (known === undefined) throw new ProblemError('NOT_FOUND', `There is no correction "${id}".`);
    return known;
  };
  return async (app) => {
    app.get(
      '/api/v1/corrections',
      {
        config: { needs: 'viewer', summary: 'Time that does not count for objectives, latest told first' },
        schema: {
          querystring: z.object({
            ...rangeQuery,
            includeDeleted: z.enum(['true', 'false']).default('false'),
          }),
          response: { 200: CorrectionList, 400: Problem },
        },
      },
      async ({ query, access }) => {
        const range = rangeOf(query);
        const { known, unreadable } = await readCorrections(openTenant(access), null);
        const shown = known.filter(({ deleted }) => deleted === null || query.includeDeleted === 'true');
        const latestFirst = shown.sort(
          (one, other) => other.correction.at.getTime() - one.correction.at.getTime(),
        );
        return {
          from: range.from.toISOString(),
          to: range.to.toISOString(),
          corrections: latestFirst.map((one) => answerOf(one, range)),
          problems: unreadable.map((id) => `The correction "${id}" cannot be read by this program`),
        };
      },
    );
    app.get(
      '/api/v1/corrections/:id',
      {
        config: { needs: 'viewer', summary: 'One correction with its history, deleted ones too' },
        schema: {
          params: Params,
          querystring: z.object(rangeQuery),
          response: { 200: CorrectionAnswer, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query, access }) => answerOf(await find(access, id), rangeOf(query)),
    );
    app.post(
      '/api/v1/corrections',
      {
        config: { needs: 'operator', summary: 'Leave time out of objectives; the same id again changes it' },
        schema: { body: NewCorrection, response: { 201: CorrectionAnswer, 400: Problem } },
      },
      async ({ body, access }, reply) => {
        const at = now();
        const id = body.id ?? newId();
        const made = makeCorrection(id, body, at);
        if (made.kind === 'refused') throw new ProblemError('BAD_REQUEST', `${made.reason}.`);
        const { author, reason } = body;
        const definition = JSON.stringify(body);
        await openLog(access.tenant)({
          id,
          event: 'put',
          definition,
          author,
          reason,
          actor: actorOf(access),
          at,
        });
        return reply.code(201).send(answerOf(await find(access, id), rangeOf({})));
      },
    );
    app.delete(
      '/api/v1/corrections/:id',
      {
        config: {
          needs: 'operator',
          summary: 'Delete a correction: its time counts again; who and why is kept',
        },
        schema: {
          params: Params,
          querystring: Deletion,
          response: { 200: CorrectionAnswer, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query: { reason, author }, access }) => {
        const found = await find(access, id);
        if (found.deleted !== null) return answerOf(found, rangeOf({}));
        const actor = actorOf(access);
        const event = { id, event: 'delete', definition: '', reason, actor, at: now() } as const;
        await openLog(access.tenant)({ ...event, author: author ?? actor });
        return answerOf(await find(access, id), rangeOf({}));
      },
    );
  };
}

function answerOf({ correction, deleted, history }: KnownCorrection, range: Range): CorrectionAnswer {
  const { windows, at, ...rest } = correction;
  const iso = ({ from, to }: Range) => ({ from: from.toISOString(), to: to.toISOString() });
  const deletion =
    deleted === null
      ? null
      : { at: deleted.at.toISOString(), author: deleted.author, reason: deleted.reason };
  return {
    ...rest,
    ...iso(windows),
    slo: rest.slo === null ? null : [...rest.slo],
    function: rest.function === null ? null : [...rest.function],
    environment: rest.environment === null ? null : [...rest.environment],
    at: at.toISOString(),
    deleted: deletion,
    windows: windowsWithin(windows, range.from, range.to).slice(0, mostWindows).map(iso),
    history: history
      .map(({ event, author, actor, reason, at: toldAt }) => {
        return { event, author, actor, reason, at: toldAt.toISOString() };
      })
      .reverse(),
  };
}

function actorOf({ keyId }: Access): string {
  return keyId ?? 'open';
}
