import { z } from 'zod';

/** One message on GET /api/v1/live. It says that something changed, never what: readers ask the API again. */
export const LiveEvent = z
  .object({
    kind: z.literal('inserted'),
    tables: z.array(z.string()).meta({ description: 'Tables with new rows' }),
    at: z.iso.datetime().meta({ description: 'When the newest of them was stored, server clock' }),
  })
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.infer<typeof LiveEvent>;
