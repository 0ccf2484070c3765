import { z } from 'zod';
import { FleetFigures } from '../run/fleet-report.js';

const when = z.iso.datetime();

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

export const NewDemoIncident = z.strictObject({ name: z.string() }).meta({ id: 'NewDemoIncident' });
