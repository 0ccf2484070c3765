import { z } from 'zod';
import { windowQuery } from '../../query/routes/asked-window.js';
import type { Access, Tenant } from '../../schemas/access.js';
import { type Notice, NoticeKind } from '../../schemas/alerting/notice.js';
import {
  InboxAnswer,
  NoticeLogAnswer,
  ReceiverList,
  TestSent,
} from '../../schemas/alerting/notice-answers.js';
import type { AlertingConfig } from '../../schemas/config/config.js';
import { inboxName } from '../../schemas/config/receivers.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { type LoggedNotice, readNoticeLog } from '../outbox/read-notices.js';
import type { SendTest } from '../outbox/send-test.js';
import type { TellStats } from '../outbox/tell-job.js';

export type NoticeRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
  settings: Pick<AlertingConfig, 'receivers'>;
  /** What this process that tells knows; null where another one does. */
  telling: () => TellStats | null;
  sendTest: (tenant: Tenant) => SendTest;
};

const dayMs = 86_400_000;
const limitOf = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

/** What people were told, what became of it, and whether a receiver can be reached. */
export function noticeRoutes({ now, openTenant, settings, telling, sendTest }: NoticeRouteDeps): ZodPlugin {
  const ownInboxes = settings.receivers.filter(({ kind }) => kind === 'inbox').map(({ name }) => name);
  const inboxes = [inboxName, ...ownInboxes];
  const read = async (access: Access, asked: Asked, limit: number, only: Partial<Only>) => {
    const to = asked.to ?? new Date(now().getTime() + 1);
    const from = asked.from ?? new Date(Math.max(0, to.getTime() - (asked.windowMs ?? 30 * dayMs)));
    if (from >= to) throw new ProblemError('BAD_REQUEST', 'from must be before to');
    const question = {
      receivers: [],
      thread: null,
      kind: null,
      incident: null,
      ...only,
      from,
      to,
      limit: limit + 1,
    };
    const logged = await readNoticeLog(openTenant(access), question);
    return { from, to, logged: logged.slice(0, limit), truncated: logged.length > limit };
  };
  return async (app) => {
    app.get(
      '/api/v1/notices',
      {
        config: { needs: 'viewer', summary: 'What people were told, and what became of it' },
        schema: {
          querystring: z.object({
            ...windowQuery,
            receiver: z.string().max(100).optional(),
            thread: z.string().max(100).optional(),
            kind: NoticeKind.optional().meta({
              description: 'action: what programs were told to do, dry runs too',
            }),
            incident: z
              .string()
              .max(100)
              .optional()
              .meta({ description: 'Only notices about this incident' }),
            limit: limitOf(1000, 100),
          }),
          response: { 200: NoticeLogAnswer, 400: Problem, 422: Problem },
        },
      },
      async ({ query, access }) => {
        const { receiver, thread = null, kind = null, incident = null, limit } = query;
        const receivers = receiver === undefined ? [] : [receiver];
        const { from, to, logged, truncated } = await read(access, query, limit, {
          receivers,
          thread,
          kind,
          incident,
        });
        const held = telling()?.held.filter(
          (one) => one.tenant === access.tenant && (incident === null || one.incidentId === incident),
        );
        return {
          from: from.toISOString(),
          to: to.toISOString(),
          notices: logged.map(toLogged),
          truncated,
          held:
            held?.map(({ incidentId, receiver: name, reason, says, untilMs }) => ({
              incidentId,
              receiver: name,
              reason,
              says,
              until: untilMs === null ? null : new Date(untilMs).toISOString(),
            })) ?? null,
        };
      },
    );
    app.get(
      '/api/v1/inbox',
      {
        config: { needs: 'viewer', summary: 'Notices of the local inbox, whole' },
        schema: {
          querystring: z.object({ ...windowQuery, limit: limitOf(200, 50) }),
          response: { 200: InboxAnswer, 400: Problem, 422: Problem },
        },
      },
      async ({ query, access }) => {
        const { logged, truncated } = await read(access, query, query.limit, { receivers: inboxes });
        return { notices: logged.map(({ notice }): Notice => notice), truncated };
      },
    );
    app.get(
      '/api/v1/receivers',
      {
        config: { needs: 'viewer', summary: 'Where notices can go' },
        schema: { response: { 200: ReceiverList } },
      },
      async () => {
        const unreached = telling()?.unreached ?? null;
        const names = [{ name: inboxName, kind: inboxName }, ...settings.receivers];
        return {
          receivers: names.map(({ name, kind }) => ({
            name,
            kind,
            state:
              unreached === null
                ? null
                : unreached.includes(name)
                  ? ('not-answering' as const)
                  : ('answering' as const),
          })),
        };
      },
    );
    app.post(
      '/api/v1/receivers/:name/test',
      {
        config: { needs: 'operator', summary: 'Send a test notice now, and say what the receiver answers' },
        schema: {
          params: z.object({ name: z.string().max(100) }),
          response: { 200: TestSent, 404: Problem },
        },
      },
      async ({ params: { name }, access }) => {
        const sent = await sendTest(access.tenant)(name);
        if (sent === null) {
          const known = [inboxName, ...settings.receivers.map((one) => one.name)].join(', ');
          throw new ProblemError('NOT_FOUND', `There is no receiver "${name}"; there are ${known}.`);
        }
        return sent;
      },
    );
  };
}

type Asked = { from?: Date | undefined; to?: Date | undefined; windowMs?: number | undefined };
type Only = {
  receivers: readonly string[];
  thread: string | null;
  kind: string | null;
  incident: string | null;
};

function toLogged({
  notice,
  state,
  attempts,
  lastAttemptAt,
  nextAttemptAt,
  says,
  durationMs,
  reference,
}: LoggedNotice) {
  const { id, threadId, sequence, receiver, kind, at, severity, title, firing, items } = notice;
  return {
    ...{
      id,
      threadId,
      sequence,
      receiver,
      kind,
      at,
      severity,
      title,
      firing,
      state,
      attempts,
      says,
      durationMs,
      reference,
    },
    incidents: items.map(({ incidentId }) => incidentId),
    lastAttemptAt: lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
}
