import { z } from 'zod';
import { matchesGlob } from '../slo/selector.js';

/** What notices are routed, grouped and silenced by. */
export const LabelName = z.enum([
  'owner',
  'team',
  'environment',
  'function',
  'provider',
  'region',
  'queue',
  'sli',
  'severity',
  'tier',
  'rule',
  'slo',
  'scope',
  'tenant',
]);
export type LabelName = z.infer<typeof LabelName>;

/** What is not known is left out. */
export type Labels = Readonly<Partial<Record<LabelName, string>>>;

const Glob = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' }).max(200);
const Globs = z.union([Glob.transform((one) => [one]), z.array(Glob).min(1).max(100)], {
  error: 'must be a pattern such as "checkout-*", or a list of them; "!" before one excludes',
});

const each = Globs.optional();

/** Each label named must match one of its patterns, and none that begins with "!". A label that is not known is empty. */
export const LabelMatch = z
  .strictObject({
    owner: each,
    team: each,
    environment: each,
    function: each,
    provider: each,
    region: each,
    queue: each,
    sli: each,
    severity: each,
    tier: each,
    rule: each,
    slo: each,
    scope: each,
    tenant: each,
  } satisfies Record<LabelName, typeof each>)
  .meta({
    id: 'LabelMatch',
    description: 'Patterns by label: owner, team, environment, function, severity, sli and so on',
  });
export type LabelMatch = { readonly [Name in LabelName]?: readonly string[] | undefined };

export function matchesLabels(match: LabelMatch, labels: Labels): boolean {
  return LabelName.options.every((name) => {
    const globs = match[name];
    if (globs === undefined) return true;
    const text = labels[name] ?? '';
    const wanted = globs.filter((glob) => !glob.startsWith('!'));
    const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
    if (unwanted.some((glob) => matchesGlob(text, glob))) return false;
    return wanted.length === 0 || wanted.some((glob) => matchesGlob(text, glob));
  });
}
