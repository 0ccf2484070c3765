import { z } from 'zod';
import { duration } from '../config/duration.js';
import { Zone } from '../slo/period.js';

const dayMs = 86_400_000;

/** What clocks on the wall show, without a zone: 2026-01-05T09:00. */
export const WallTime = z
  .string({ error: 'must be text' })
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, {
    error: 'must be a local time such as "2026-01-05T09:00"',
  })
  .refine((text) => new Date(`${text}:00Z`).toISOString().startsWith(text), {
    error: 'must be a day that exists',
  });

// Rules finer than a day would be looked up too often, and are not what a silence is.
const Rule = z
  .string({ error: 'must be text' })
  .max(300)
  .regex(/^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/, {
    error: 'must be a rule of RFC 5545 such as "FREQ=WEEKLY;BYDAY=SA,SU", daily at the finest',
  });

/** Times that come again: from `start` on, at what its rule says, each for so long, all by the clocks of the zone. */
export const Recurrence = z
  .strictObject({
    rule: Rule.meta({ description: 'RFC 5545, without the zone: FREQ=WEEKLY;BYDAY=SA,SU' }),
    zone: Zone.default('UTC'),
    start: WallTime.meta({
      description: 'First time, by the clocks of the zone; its hour and minute are those of all',
    }),
    lasts: duration({ atLeastMs: 60_000, atMostMs: 7 * dayMs }).meta({
      description: 'How long each lasts, by the clocks of the zone',
    }),
  })
  .meta({ id: 'Recurrence' });
export type Recurrence = z.infer<typeof Recurrence>;
