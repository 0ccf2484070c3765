import { z } from 'zod';
import { duration } from '../config/duration.js';
import { Instant } from '../instant.js';
import { LabelMatch } from './labels.js';
import { Recurrence } from './recurrence.js';

const dayMs = 86_400_000;
const globs = z.array(z.string()).optional();

export const Silence = z
  .object({
    id: z.string(),
    match: z.record(z.string(), globs).meta({ description: 'Patterns by label' }),
    from: z.iso.datetime(),
    until: z.iso.datetime().meta({ description: 'It expires here, a repeated one too' }),
    recurrence: z
      .object({ rule: z.string(), zone: z.string(), start: z.string(), lastsMs: z.number() })
      .nullable()
      .meta({ description: 'Null: all the time from `from` to `until`' }),
    author: z.string(),
    reason: z.string(),
    createdAt: z.iso.datetime(),
    ended: z
      .object({ at: z.iso.datetime(), author: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: 'Ended before its time: by whom, when and why' }),
    state: z
      .enum(['active', 'waiting', 'over'])
      .meta({ description: 'waiting: it will begin, or begin again' }),
  })
  .meta({ id: 'Silence' });
export type Silence = z.infer<typeof Silence>;

export const SilenceList = z.object({ silences: z.array(Silence) }).meta({ id: 'SilenceList' });

export const NewSilence = z
  .strictObject({
    match: LabelMatch,
    from: Instant.optional().meta({ description: 'Left out: now' }),
    until: Instant.optional().meta({ description: 'When it expires; or say `lasts`' }),
    lasts: duration({ atLeastMs: 60_000, atMostMs: 366 * dayMs }).optional(),
    recurrence: Recurrence.optional(),
    author: z.string().trim().min(1, 'say who silences').max(200),
    reason: z.string().trim().min(1, 'say why').max(1000),
  })
  .meta({ id: 'NewSilence' });
export type NewSilence = z.infer<typeof NewSilence>;
