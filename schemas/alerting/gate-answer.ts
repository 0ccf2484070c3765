import { z } from 'zod';

const Counted = z.object({ bad: z.number().int(), total: z.number().int() });

export const GateAnswer = z
  .object({
    decision: z.enum(['go', 'hold']),
    reasons: z.array(
      z.object({
        kind: z.enum([
          'burn',
          'budget',
          'errors',
          'latency',
          'too-few',
          'no-objective',
          'no-version',
          'nothing-to-compare',
        ]),
        holds: z.boolean().meta({ description: 'Whether it holds the release' }),
        says: z.string(),
      }),
    ),
    function: z.string(),
    version: z.string().nullable(),
    at: z.iso.datetime(),
    comparison: z
      .object({
        basis: z.enum(['side-by-side', 'before']),
        candidate: Counted.meta({ description: 'Runs of the version in question' }),
        running: Counted.meta({ description: 'Runs of the others' }),
      })
      .nullable(),
  })
  .meta({ id: 'Gate' });
