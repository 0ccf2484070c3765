import { z } from 'zod';
import { Secret } from './secret.js';

/** Where a secret is: in the file itself, or, so that the file can be shown to anyone, in another file or variable. */
export type SecretSource =
  | { kind: 'inline'; secret: Secret }
  | { kind: 'file'; path: string }
  | { kind: 'env'; name: string };

const expected = 'must be text (in quotes), or {file: PATH}, or {env: NAME}';
const filled = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' });

const Reference = z
  .strictObject({ file: filled.optional(), env: filled.optional() })
  .transform((given, context): SecretSource => {
    if (given.file !== undefined && given.env === undefined) return { kind: 'file', path: given.file };
    if (given.env !== undefined && given.file === undefined) return { kind: 'env', name: given.env };
    context.addIssue('must have either file or env inside');
    return z.NEVER;
  });

export const SecretSource = z.union(
  [z.string().transform((text): SecretSource => ({ kind: 'inline', secret: new Secret(text) })), Reference],
  { error: expected },
);
