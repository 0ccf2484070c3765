import { z } from 'zod';

/** What ingest can look for before anything is stored. */
export const RedactionRule = z.enum([
  'secret-keys',
  'bearer-tokens',
  'aws-keys',
  'jwts',
  'private-keys',
  'cards',
  'emails',
]);
export type RedactionRule = z.infer<typeof RedactionRule>;
