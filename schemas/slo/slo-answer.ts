import { z } from 'zod';

const StoredSlo = z
  .object({
    id: z.string(),
    version: z.number().int().positive(),
    source: z.enum(['file', 'api']).meta({ description: 'file: it can only be changed in its file' }),
    author: z.string().meta({ description: 'Name of the file, or id of the key that put it' }),
    at: z.iso.datetime().meta({ description: 'When this version was stored' }),
    definition: z
      .record(z.string(), z.unknown())
      .meta({ description: 'As it would stand in a file, with every default filled in' }),
  })
  .meta({ id: 'StoredSlo' });
export type StoredSlo = z.infer<typeof StoredSlo>;

export const SloList = z
  .object({
    slos: z.array(StoredSlo),
    problems: z
      .array(z.string())
      .meta({ description: 'What is wrong with SLO files and stored objectives; such are not evaluated' }),
  })
  .meta({ id: 'SloList' });

/** One objective with its history. */
export const SloAnswer = StoredSlo.extend({
  history: z.array(
    z.object({
      version: z.number().int().positive(),
      event: z.enum(['put', 'delete']),
      source: z.enum(['file', 'api']),
      author: z.string(),
      at: z.iso.datetime(),
      change: z.string().meta({ description: 'What changed, old and new on one line' }),
    }),
  ),
}).meta({ id: 'SloAnswer' });
export type SloAnswer = z.infer<typeof SloAnswer>;
