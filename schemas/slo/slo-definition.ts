import { z } from 'zod';
import { duration } from '../config/duration.js';
import { ShareText } from './percent.js';
import { PeriodText } from './period.js';
import { PresetName } from './presets.js';
import { selectionProblems } from './selection-problems.js';
import { dimensions, Selector } from './selector.js';
import { SliKind } from './sli-kinds.js';
import { TierText } from './tier.js';

const minuteMs = 60_000;

const Id = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits and "-", at most 80 characters, such as checkout-success',
  })
  .meta({ description: 'Names the SLO for good: its history hangs on it' });

export type SliDefinition = z.infer<typeof SliKind>;

export const AlertingDefinition = z.strictObject({
  preset: PresetName.default('sre-workbook'),
  tiers: z.array(TierText).min(1).max(12).optional().meta({ description: 'Instead of a preset' }),
  lowTraffic: z.enum(['gate', 'plain']).default('gate').meta({
    description:
      'gate: nobody is told on fewer than two failures, or on so few events that chance explains them. plain: the burn rate alone decides',
  }),
  minimumDuration: duration({ atLeastMs: 0, atMostMs: 24 * 60 * minuteMs })
    .optional()
    .meta({
      description:
        'A tier must be reached for so long before anybody is told; the short window usually suffices',
    }),
});

/** One objective as people write it. */
export const SloDefinition = z
  .strictObject({
    id: Id,
    title: z.string().min(1).max(200),
    description: z.string().max(4000).optional(),
    owner: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Team that is told; without it the team of the function' }),
    runbook: z.url().optional(),
    per: z.enum(dimensions).optional().meta({
      description:
        'One objective for each value of this dimension; without it everything selected is added up',
    }),
    where: Selector.default({}),
    sli: SliKind,
    objective: ShareText.meta({ description: 'Share of good events that is promised, such as 99.9%' }),
    period: PeriodText.default({ kind: 'rolling', lengthMs: 30 * 24 * 60 * minuteMs }),
    alerting: AlertingDefinition.default({ preset: 'sre-workbook', lowTraffic: 'gate' }),
  })
  .superRefine((definition, context) => {
    for (const { path, message } of selectionProblems(definition))
      context.addIssue({ code: 'custom', path, message });
  });
export type SloDefinition = z.infer<typeof SloDefinition>;

/** A file in slos/. */
export const SloFile = z.strictObject({ slos: z.array(SloDefinition).min(1).max(1000) });
