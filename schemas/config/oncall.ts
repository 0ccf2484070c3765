import { z } from 'zod';
import { WallTime } from '../alerting/recurrence.js';
import { Zone } from '../slo/period.js';
import type { DeepReadonly } from './deep-readonly.js';
import { duration } from './duration.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const PersonName = z.string({ error: 'must be text' }).regex(/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/, {
  error: 'must be lower-case letters, digits, ".", "_" and "-", such as ann',
});
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as "09:00"' });
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** People in turn, handed over every so often by the clocks of the schedule's zone. */
const Rotation = z.strictObject({
  people: z.array(PersonName).min(1, { error: 'must name at least one person' }).max(100),
  start: WallTime.meta({ description: 'When the first one begins; every handover is at this time of day' }),
  every: duration({ atLeastMs: hourMs, atMostMs: 366 * dayMs }).prefault('7d'),
  during: z
    .strictObject({
      days: z.array(weekday).min(1).optional(),
      from: clock.prefault('00:00'),
      until: clock.prefault('00:00').meta({ description: 'Not after `from`: on the next day' }),
    })
    .optional()
    .meta({ description: 'Only at these times; outside of them the next rotation is asked' }),
});
export type Rotation = DeepReadonly<z.output<typeof Rotation>>;

const Override = z
  .strictObject({ person: PersonName, from: WallTime, until: WallTime })
  .refine(({ from, until }) => from < until, { error: 'must end after it begins' });

/** Who is on call: an override if there is one, else the first rotation that has somebody. */
export const Schedule = z.strictObject({
  name: PersonName,
  zone: Zone.default('UTC'),
  rotations: z.array(Rotation).min(1, { error: 'must have at least one rotation' }).max(20),
  overrides: z.array(Override).max(1000).default([]),
});
export type Schedule = DeepReadonly<z.output<typeof Schedule>>;

export const Person = z.strictObject({
  name: PersonName,
  receivers: z.array(z.string()).min(1, { error: 'must name at least one receiver' }).max(10),
});

const Target = z.string().regex(/^(schedule|person|receiver):.+$/, {
  error: 'must be schedule:NAME, person:NAME or receiver:NAME',
});

/** Who hears of an incident that nobody acknowledges, and when. */
export const Escalation = z.strictObject({
  name: PersonName,
  steps: z
    .array(
      z.strictObject({
        after: duration({ atLeastMs: 0, atMostMs: 7 * dayMs }).prefault(0),
        to: z.array(Target).min(1).max(20),
      }),
    )
    .min(1)
    .max(20)
    .refine((steps) => steps.every(({ after }, at) => at === 0 || after > (steps[at - 1]?.after ?? 0)), {
      error: 'must come one after the other: each step later than the one before',
    }),
});
export type Escalation = DeepReadonly<z.output<typeof Escalation>>;
