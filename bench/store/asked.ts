import { parseArgs } from 'node:util';
import { z } from 'zod';

const steps = ['fill', 'disk', 'pages', 'indexes'] as const;

const Asked = z.object({
  /** 500k, 10M, 1B. */
  rows: z
    .string()
    .regex(/^\d+(\.\d+)?[kMB]?$/, { error: '--rows must be a number such as 500k, 10M or 1B' })
    .default('10M')
    .transform(rowsOf),
  keep: z.string().nullable().default(null),
  minutes: z.coerce.number().positive().default(60),
  only: z.enum(steps).nullable().default(null),
});

/**
 * What `npm run bench -- store` was asked: `--rows 10M`, in a directory that stays (`--keep DIR`), for at most `--minutes` of
 * filling, after which the same command goes on; `--only` one of its steps.
 */
export type Asked = z.infer<typeof Asked>;

export function askedOf(options: readonly string[]): Asked {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...options],
    options: { rows: text, keep: text, minutes: text, only: text },
  });
  return Asked.parse(values);
}

function rowsOf(text: string): number {
  const factor = { k: 1e3, M: 1e6, B: 1e9 }[text.slice(-1)];
  return factor === undefined ? Number(text) : Number(text.slice(0, -1)) * factor;
}
