import { z } from 'zod';
import { OnCallAnswer } from '../../schemas/alerting/notice-answers.js';
import type { AlertingConfig } from '../../schemas/config/config.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { calendarOf } from '../oncall/calendar.js';
import { shiftsIn } from '../oncall/on-call.js';

export type OnCallRouteDeps = { now: () => Date; settings: Pick<AlertingConfig, 'schedules'> };

const dayMs = 86_400_000;

/** Who is on call, and the calendar of it. */
export function onCallRoutes({ now, settings }: OnCallRouteDeps): ZodPlugin {
  return async (app) => {
    app.get(
      '/api/v1/oncall',
      {
        config: { needs: 'viewer', summary: 'Who is on call now' },
        schema: { response: { 200: OnCallAnswer } },
      },
      async () => {
        const nowMs = now().getTime();
        return {
          at: new Date(nowMs).toISOString(),
          schedules: settings.schedules.map((schedule) => {
            const [shift] = shiftsIn(schedule, nowMs, nowMs + 31 * dayMs);
            const current = shift?.fromMs === nowMs ? shift : undefined;
            const changesMs = current?.untilMs ?? shift?.fromMs ?? null;
            return {
              name: schedule.name,
              zone: schedule.zone,
              person: current?.person ?? null,
              until:
                changesMs === null || changesMs === nowMs + 31 * dayMs
                  ? null
                  : new Date(changesMs).toISOString(),
              calendarPath: `/api/v1/oncall/${encodeURIComponent(schedule.name)}/calendar.ics`,
            };
          }),
        };
      },
    );
    app.get(
      '/api/v1/oncall/:schedule/calendar.ics',
      {
        config: {
          needs: 'viewer',
          summary: 'A schedule as iCalendar: last week to three months ahead',
          produces: 'text/calendar',
        },
        schema: {
          params: z.object({ schedule: z.string().max(100) }),
          response: { 200: z.string(), 404: Problem },
        },
      },
      async ({ params }, reply) => {
        const schedule = settings.schedules.find(({ name }) => name === params.schedule);
        if (schedule === undefined)
          throw new ProblemError('NOT_FOUND', `There is no schedule "${params.schedule}".`);
        const nowMs = now().getTime();
        const shifts = shiftsIn(schedule, nowMs - 7 * dayMs, nowMs + 92 * dayMs);
        reply.type('text/calendar; charset=utf-8').serializer(String);
        return reply.send(calendarOf(schedule.name, shifts, nowMs));
      },
    );
  };
}
