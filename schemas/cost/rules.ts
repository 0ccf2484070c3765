import { z } from 'zod';

const RuleChange = z
  .object({
    kind: z.enum([
      'shared',
      'rates',
      'exchange',
      'functions',
      'provisioned',
      'budgets',
      'units',
      'telemetry',
    ]),
    rule: z.string().meta({ description: 'Its name, or what it is for' }),
    change: z.enum(['added', 'removed', 'changed']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    author: z.string().nullable().meta({ description: 'As the rule names it; null where it names none' }),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CostRuleChange' });
export type RuleChange = z.infer<typeof RuleChange>;

/** The answer of GET /api/v1/cost/rules. */
export const CostRules = z
  .object({
    versions: z
      .array(
        z.object({
          at: z.iso.datetime().meta({ description: 'When a server first ran with them' }),
          hash: z.string(),
          program: z.string().meta({ description: 'Version of Coldburn' }),
          changes: z.array(RuleChange).meta({ description: 'Against the version before' }),
        }),
      )
      .meta({ description: 'Newest first; at most 200' }),
  })
  .meta({ id: 'CostRules' });
export type CostRules = z.infer<typeof CostRules>;
