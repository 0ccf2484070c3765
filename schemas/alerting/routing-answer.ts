import { z } from 'zod';

const match = z
  .record(z.string(), z.array(z.string()).optional())
  .meta({ description: 'Patterns by label; without any it matches everything' });

/** The answer of GET /api/v1/routing: the tree of routes as a list, each with how deep it stands. */
export const RoutingAnswer = z
  .object({
    to: z.array(z.string()).meta({ description: 'Receivers of what no route matches' }),
    routes: z.array(
      z.object({
        depth: z.number().int().nonnegative(),
        match,
        to: z.array(z.string()).nullable().meta({ description: 'Null: those of the route above' }),
        escalation: z.string().nullable(),
        muteTimes: z.array(z.string()),
        goOn: z.boolean().meta({ description: 'Routes below are asked even if this one matches' }),
      }),
    ),
  })
  .meta({ id: 'Routing' });
export type RoutingAnswer = z.infer<typeof RoutingAnswer>;
