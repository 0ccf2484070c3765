import { z } from 'zod';

const when = z.iso.datetime();

/** What the fleet has done so far; plain data, so that it can cross threads. */
export const FleetFigures = z
  .object({
    invocations: z.number().int().meta({ description: 'Runs that are over and whose spans were sent' }),
    requests: z.number().int().meta({ description: 'OTLP requests that were stored' }),
    spans: z.number().int(),
    logRecords: z.number().int().meta({ description: 'Reports of the Lambda extension' }),
    dataPoints: z.number().int().meta({ description: "The clouds' own counts, as metric streams" }),
    rejectedItems: z.number().int().meta({ description: 'Spans, records or points that were not taken' }),
    repeatedRequests: z.number().int().meta({ description: 'Requests sent a second time, byte for byte' }),
    failedRequests: z.number().int(),
    lastFailure: z.string().nullable().meta({ description: 'The last refusal, in one sentence' }),
    behindMs: z.number().int().meta({
      description:
        'How long after its time the newest minute was sent; it grows where the rate cannot be held',
    }),
    backfill: z.object({
      minutes: z.number().int().meta({ description: 'Length of the history that was asked for' }),
      doneMinutes: z.number().int().meta({ description: 'How much of it is sent, newest first' }),
      isRunning: z.boolean(),
    }),
  })
  .meta({ id: 'DemoFigures' });
export type FleetFigures = z.infer<typeof FleetFigures>;

/** One time an incident happens. */
export const DemoIncidentRun = z
  .object({
    name: z.string(),
    title: z.string(),
    from: when,
    to: when,
    state: z.enum(['planned', 'active', 'over']),
  })
  .meta({ id: 'DemoIncidentRun' });
export type DemoIncidentRun = z.infer<typeof DemoIncidentRun>;

/** The answer of GET /api/v1/demo. */
export const Demo = z
  .object({
    fleet: z.object({
      name: z.string(),
      functions: z.number().int(),
      teams: z.array(z.string()),
      seed: z.number().int().meta({ description: 'The same seed and rate have the same history' }),
      ratePerSecond: z.number().meta({ description: 'Mean runs a second over a week' }),
    }),
    figures: FleetFigures.nullable().meta({ description: 'Null until the fleet has said something' }),
    history: z.object({ from: when, to: when, doneRatio: z.number() }).nullable().meta({
      description: 'What was made in the engine before the fleet began to send; null when nothing was',
    }),
    incidents: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        cause: z.string(),
        durationMinutes: z.number(),
        isHarmful: z.boolean().meta({ description: 'False for the one nobody should be woken for' }),
      }),
    ),
    runs: z.array(DemoIncidentRun).meta({ description: 'From a day ago to a week ahead, earliest first' }),
  })
  .meta({ id: 'Demo' });
export type Demo = z.infer<typeof Demo>;

/** The answer of POST /api/v1/demo/start: the server begins anew, and /api/v1/installation says when the fleet is there. */
export const DemoStarting = z.object({ state: z.literal('starting') }).meta({ id: 'DemoStarting' });

export const NewDemoIncident = z.strictObject({ name: z.string() }).meta({ id: 'NewDemoIncident' });
