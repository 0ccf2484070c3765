import type { KnownKey } from './known-keys.js';

/** The invocation's id as conventions old and new spell it, the newest first. */
export const invocationIdKeys = [
  'faas.invocation_id',
  'faas.execution',
  'aws.request_id',
] as const satisfies readonly KnownKey[];
