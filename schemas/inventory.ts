import { z } from 'zod';

const bytes = (description: string) => z.number().int().positive().meta({ description });
const texts = (description: string) => z.array(z.string()).meta({ description });

/** The answer of GET /api/v1/inventory: what one function runs on, as its latest runs and their resources tell. */
export const Inventory = z
  .object({
    from: z.iso.datetime().meta({ description: 'Start of the window, included' }),
    to: z.iso.datetime().meta({ description: 'End of the window, not included' }),
    runtimes: texts(
      'Runtimes with their versions, such as nodejs 20.18.1; the language of the SDK where no runtime is told. Empty when nothing tells it',
    ),
    platforms: texts('Platforms, such as aws_lambda'),
    architectures: texts('Processor architectures'),
    triggers: texts('What starts it'),
    memoryBytes: z
      .array(bytes('One size in bytes'))
      .meta({ description: 'Sizes of memory it was given, smallest first; empty when not told' }),
    memoryUsedMaxBytes: bytes('Most memory one run used').nullable().meta({
      description: 'Most memory one run of the window used; null when none told',
    }),
  })
  .meta({ id: 'Inventory' });
export type Inventory = z.infer<typeof Inventory>;
