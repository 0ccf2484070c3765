import { z } from 'zod';
import type { Access, Tenant } from '../../schemas/access.js';
import { NewSilence, Silence, SilenceList } from '../../schemas/alerting/silence.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { readSilences } from '../silences/read-silences.js';
import { ruleProblem } from '../silences/recurrence-window.js';
import type { SilenceLog } from '../silences/silence-log.js';
import { type StoredSilence, silenceState } from '../silences/silence-state.js';

export type SilenceRouteDeps = {
  now: () => Date;
  newId: () => string;
  openTenant: (access: Access) => TenantWarehouse;
  openLog: (tenant: Tenant) => SilenceLog;
};

const dayMs = 86_400_000;
const longestMs = 366 * dayMs;

const End = z.object({
  author: z.string().trim().max(200).default('').meta({ description: 'Left out: the key that ends it' }),
  reason: z.string().trim().min(1, 'say why it is ended').max(1000),
});

/** Silences: read by everyone, made and ended by operators. Nobody can make one without an end, a name and a reason. */
export function silenceRoutes({ now, newId, openTenant, openLog }: SilenceRouteDeps): ZodPlugin {
  const find = async (access: Access, id: string): Promise<StoredSilence> => {
    const all = await readSilences(openTenant(access), new Date(0));
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw new ProblemError('NOT_FOUND', `There is no silence "${id}".`);
    return found;
  };
  return async (app) => {
    app.get(
      '/api/v1/silences',
      {
        config: {
          needs: 'viewer',
          summary: 'Silences that have not expired, or did in the last so many days',
        },
        schema: {
          querystring: z.object({ days: z.coerce.number().int().min(0).max(800).default(7) }),
          response: { 200: SilenceList, 400: Problem },
        },
      },
      async ({ query, access }) => {
        const since = new Date(now().getTime() - query.days * dayMs);
        const silences = await readSilences(openTenant(access), since);
        return { silences: silences.map((one) => toSilence(one, now().getTime())) };
      },
    );
    app.get(
      '/api/v1/silences/:id',
      {
        config: { needs: 'viewer', summary: 'One silence' },
        schema: { params: z.object({ id: z.string().max(100) }), response: { 200: Silence, 404: Problem } },
      },
      async ({ params: { id }, access }) => toSilence(await find(access, id), now().getTime()),
    );
    app.post(
      '/api/v1/silences',
      {
        config: {
          needs: 'operator',
          summary: 'Keep what fires from being told for a time; what ends is told all the same',
        },
        schema: { body: NewSilence, response: { 201: Silence, 400: Problem } },
      },
      async ({ body, access }, reply) => {
        const at = now();
        const { author, from = at, lasts, match, reason, recurrence = null } = body;
        const until = body.until ?? (lasts === undefined ? null : new Date(from.getTime() + lasts));
        if (until === null)
          throw new ProblemError('BAD_REQUEST', 'Say when it expires: `until`, or `lasts`.');
        if (until <= from || until <= at)
          throw new ProblemError(
            'BAD_REQUEST',
            `until (${until.toISOString()}) must be later than from and than now.`,
          );
        if (until.getTime() - from.getTime() > longestMs)
          throw new ProblemError('BAD_REQUEST', 'A silence lasts at most a year; make another one then.');
        if (Object.keys(match).length === 0)
          throw new ProblemError(
            'BAD_REQUEST',
            'match names no label: that would silence everything. Use {"owner": "*"} if it is meant.',
          );
        const problem = recurrence === null ? null : ruleProblem(recurrence);
        if (problem !== null) throw new ProblemError('BAD_REQUEST', `recurrence: ${problem}.`);
        const id = `s${newId().replaceAll('-', '').slice(0, 16)}`;
        await openLog(access.tenant).make({
          id,
          at,
          actor: actorOf(access),
          author,
          reason,
          match,
          from,
          until,
          recurrence,
        });
        return reply.code(201).send(toSilence(await find(access, id), at.getTime()));
      },
    );
    app.delete(
      '/api/v1/silences/:id',
      {
        config: { needs: 'operator', summary: 'End a silence before its time; who and why is kept' },
        schema: {
          params: z.object({ id: z.string().max(100) }),
          querystring: End,
          response: { 200: Silence, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query: { author, reason }, access }) => {
        const found = await find(access, id);
        const at = now();
        if (silenceState(found, at.getTime()) !== 'over') {
          const actor = actorOf(access);
          await openLog(access.tenant).end({ id, at, actor, author: author || actor, reason });
        }
        return toSilence(await find(access, id), at.getTime());
      },
    );
  };
}

function toSilence(stored: StoredSilence, nowMs: number): Silence {
  const { author, createdAtMs, ended, fromMs, id, match, reason, recurrence, untilMs } = stored;
  const iso = (ms: number) => new Date(ms).toISOString();
  const patterns = Object.entries(match).flatMap(([name, globs]) =>
    globs === undefined ? [] : [[name, [...globs]]],
  );
  return {
    id,
    match: Object.fromEntries(patterns),
    from: iso(fromMs),
    until: iso(untilMs),
    recurrence:
      recurrence === null
        ? null
        : {
            rule: recurrence.rule,
            zone: recurrence.zone,
            start: recurrence.start,
            lastsMs: recurrence.lasts,
          },
    author,
    reason,
    createdAt: iso(createdAtMs),
    ended: ended === null ? null : { at: iso(ended.atMs), author: ended.author, reason: ended.reason },
    state: silenceState(stored, nowMs),
  };
}

function actorOf({ keyId }: Access): string {
  return keyId ?? 'open';
}
