import { z } from 'zod';

/** As the engine makes them: dates, `all`, or a hash. Part of a statement that takes no parameters. */
export const PartitionId = z.string().regex(/^[A-Za-z0-9_.-]+$/);
