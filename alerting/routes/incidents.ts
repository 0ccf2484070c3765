import { z } from 'zod';
import { askedWindow, windowQuery } from '../../query/routes/asked-window.js';
import type { Access, Tenant } from '../../schemas/access.js';
import { IncidentDetail, IncidentList } from '../../schemas/alerting/incident-answer.js';
import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { answerIncident, answerList } from '../incidents/answer-incident.js';
import type { AppendEvents } from '../incidents/append-events.js';
import { foldIncidents, type Incident } from '../incidents/fold-events.js';
import { listIncidents, listParts } from '../incidents/list-incidents.js';
import { readEventsOf } from '../incidents/read-events.js';

export type IncidentRouteDeps = {
  now: () => Date;
  newId: () => string;
  openTenant: (access: Access) => TenantWarehouse;
  append: AppendEvents;
  /** Open pages are told that incidents have changed. */
  publish: (tenant: Tenant, at: Date) => void;
};

const dayMs = 86_400_000;
const longestMs = 800 * dayMs;
const defaultWindowMs = 7 * dayMs;
const mostIncidents = 1_000;
const mostParts = 200;

const Params = z.object({ id: z.string().min(1).max(64) });
const author = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'Who does it; left out: the id of the API key' });
const text = z.string().trim().min(1).max(4_000);
/** Nothing has to be said. */
const Plain = z.object({ author, note: text.optional() }).nullish();

/** Incidents, and what people do to them. */
export function incidentRoutes(deps: IncidentRouteDeps): ZodPlugin {
  const { now, newId, openTenant, append, publish } = deps;

  const find = async (access: Access, id: string) => {
    const timeline = await readEventsOf(openTenant(access), id);
    const [incident] = foldIncidents(timeline);
    if (incident === undefined) throw new ProblemError('NOT_FOUND', `There is no incident "${id}".`);
    return { incident, timeline };
  };
  const answer = async (access: Access, id: string): Promise<IncidentDetail> => {
    const { incident, timeline } = await find(access, id);
    const parts = await listParts(openTenant(access), id, mostParts);
    return { ...answerIncident(incident), timeline, parts: parts.map(answerIncident) };
  };
  /** Writes what somebody did, and answers how the incident stands then. */
  const act = async (
    access: Access,
    { incident }: { incident: Incident },
    done: Pick<IncidentEvent, 'kind' | 'summary'> & { author: string | undefined; assignee?: string },
  ): Promise<IncidentDetail> => {
    const at = now();
    await append([
      {
        ...incident.last,
        sequence: incident.lastSequence + 1,
        eventId: newId(),
        at: at.toISOString(),
        kind: done.kind,
        severity: incident.severity,
        tier: incident.tier,
        reason: null,
        summary: done.summary,
        facts: [],
        diagnosis: null,
        author: done.author ?? access.keyId ?? 'open',
        assignee: done.assignee ?? null,
        parentId: null,
      },
    ]);
    publish(access.tenant, at);
    return await answer(access, incident.id);
  };
  const refuseOver = ({ state, id }: Incident): void => {
    if (state === 'resolved') throw new ProblemError('INCIDENT_OVER', `The incident "${id}" is over.`);
  };

  return async (app) => {
    app.get(
      '/api/v1/incidents',
      {
        config: {
          needs: 'viewer',
          summary: 'Incidents that were there in a window, the last 7 days by default',
        },
        schema: {
          querystring: z.object({
            ...windowQuery,
            state: z.enum(['open', 'resolved', 'withheld', 'all']).optional().meta({
              description: 'Left out: open and resolved. withheld: rules that are met though nobody is told',
            }),
            severity: z.enum(['page', 'ticket']).optional(),
            slo: z.string().max(80).optional(),
            rule: z.string().max(80).optional(),
            function: z.string().max(500).optional(),
            limit: z.coerce.number().int().min(1).max(mostIncidents).default(200),
          }),
          response: { 200: IncidentList, 400: Problem },
        },
      },
      async ({ query, access }) => {
        const windowMs = query.windowMs ?? (query.from === undefined ? defaultWindowMs : undefined);
        const { from, to } = askedWindow({ ...query, windowMs }, now(), longestMs);
        const isWithheldToo = query.state === 'withheld' || query.state === 'all';
        const asked = { from, to, isWithheldToo, limit: mostIncidents + 1 };
        const all = await listIncidents(openTenant(access), asked);
        const kept = all.filter((one) => {
          if (
            query.state === undefined
              ? one.firedAt === null
              : query.state !== 'all' && one.state !== query.state
          )
            return false;
          if (query.severity !== undefined && one.severity !== query.severity) return false;
          if (query.slo !== undefined && one.sloId !== query.slo) return false;
          if (query.rule !== undefined && one.rule !== query.rule) return false;
          return query.function === undefined || one.last.labels.function === query.function;
        });
        return answerList(
          kept.slice(0, query.limit),
          all.length > mostIncidents || kept.length > query.limit,
        );
      },
    );
    const one = { params: Params, response: { 200: IncidentDetail, 404: Problem } };
    app.get(
      '/api/v1/incidents/:id',
      { config: { needs: 'viewer', summary: 'One incident with its timeline and diagnosis' }, schema: one },
      async ({ params: { id }, access }) => await answer(access, id),
    );
    const changed = {
      params: Params,
      response: { 200: IncidentDetail, 400: Problem, 404: Problem, 409: Problem },
    };
    app.post(
      '/api/v1/incidents/:id/ack',
      {
        config: { needs: 'operator', summary: 'Say that somebody is on it; it is not escalated further' },
        schema: { ...changed, body: Plain },
      },
      async ({ params: { id }, body, access }) => {
        const found = await find(access, id);
        refuseOver(found.incident);
        if (found.incident.acknowledgedAt !== null) return await answer(access, id);
        const summary = body?.note ?? 'Acknowledged.';
        return await act(access, found, { kind: 'acknowledged', summary, author: body?.author });
      },
    );
    app.post(
      '/api/v1/incidents/:id/assign',
      {
        config: { needs: 'operator', summary: 'Say who takes care of it' },
        schema: { ...changed, body: z.object({ assignee: z.string().trim().min(1).max(200), author }) },
      },
      async ({ params: { id }, body, access }) => {
        const { assignee } = body;
        const done = {
          kind: 'assigned',
          summary: `Assigned to ${assignee}.`,
          author: body.author,
          assignee,
        } as const;
        return await act(access, await find(access, id), done);
      },
    );
    app.post(
      '/api/v1/incidents/:id/note',
      {
        config: { needs: 'operator', summary: 'Write something into the timeline' },
        schema: { ...changed, body: z.object({ text, author }) },
      },
      async ({ params: { id }, body, access }) =>
        await act(access, await find(access, id), { kind: 'noted', summary: body.text, author: body.author }),
    );
    app.post(
      '/api/v1/incidents/:id/resolve',
      {
        config: {
          needs: 'operator',
          summary: 'Say that it is over; while the fault goes on it comes back after half an hour',
        },
        schema: { ...changed, body: Plain },
      },
      async ({ params: { id }, body, access }) => {
        const found = await find(access, id);
        if (found.incident.state === 'resolved') return await answer(access, id);
        const summary = body?.note ?? 'Resolved by hand.';
        return await act(access, found, { kind: 'resolved', summary, author: body?.author });
      },
    );
    app.post(
      '/api/v1/incidents/:id/reopen',
      {
        config: { needs: 'operator', summary: 'Say that it is not over after all' },
        schema: { ...changed, body: Plain },
      },
      async ({ params: { id }, body, access }) => {
        const found = await find(access, id);
        if (found.incident.state === 'open') return await answer(access, id);
        const summary = body?.note ?? 'Reopened by hand.';
        return await act(access, found, { kind: 'reopened', summary, author: body?.author });
      },
    );
  };
}
