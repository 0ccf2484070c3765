import { z } from 'zod';

/** What runs can be chosen by; each is a column of the rollups. */
export const dimensions = [
  'function',
  'environment',
  'team',
  'region',
  'provider',
  'version',
  'alias',
  'trigger',
] as const;

const Glob = z.string().min(1).max(200);
const Globs = z.union([Glob.transform((one) => [one]), z.array(Glob).min(1).max(100)]);

/** Which runs count: each dimension named must match one of its globs (`*` any text, `?` any one character). */
export const Selector = z
  .strictObject({
    function: Globs.optional().meta({ description: 'Name of the function; `checkout-*` matches by glob' }),
    environment: Globs.optional(),
    team: Globs.optional(),
    region: Globs.optional(),
    provider: Globs.optional(),
    version: Globs.optional(),
    alias: Globs.optional(),
    trigger: Globs.optional(),
    tags: z
      .record(z.string().min(1).max(200), Globs)
      .optional()
      .meta({ description: 'Tags of the run, by glob: { tier: gold }. For kinds that are made of runs' }),
  })
  .meta({ description: 'Which runs count; without it all do' });
export type Selector = z.infer<typeof Selector>;

/** True when a text matches a glob, in time proportional to both. */
export function matchesGlob(text: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (inGlob < glob.length && (glob[inGlob] === '?' || glob[inGlob] === text[at]) && glob[inGlob] !== '*') {
      at++;
      inGlob++;
    } else if (glob[inGlob] === '*') {
      star = inGlob++;
      resume = at;
    } else if (star !== -1) {
      inGlob = star + 1;
      at = ++resume;
    } else return false;
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}
