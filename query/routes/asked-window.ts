import { z } from 'zod';
import { Instant } from '../../schemas/instant.js';
import { ProblemError } from '../../schemas/problem.js';
import { longWindowMs, type WindowRequest, windowOf } from '../functions/window-of.js';

/** How every endpoint takes a window. */
export const windowQuery = {
  from: Instant.optional(),
  to: Instant.optional(),
  windowMs: z.coerce.number().int().positive().max(longWindowMs).optional().meta({
    description: 'Instead of from: length of the window that ends at to. Spares callers their own clock',
  }),
};

/** A dimension to keep one value of. */
export const filterQuery = (what: string) =>
  z
    .string()
    .max(500)
    .optional()
    .meta({ description: `Only this ${what}` });

export const flagQuery = (description: string) =>
  z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description });

/** The window [from, to) a request means; one that cannot be answered is refused with a sentence. */
export function askedWindow(request: WindowRequest, now: Date, maxMs: number): { from: Date; to: Date } {
  const window = windowOf(request, now, maxMs);
  if (window.kind === 'refused') throw new ProblemError('BAD_REQUEST', window.reason);
  return { from: window.from, to: window.to };
}
