import { z } from 'zod';
import { ProblemError } from '../../schemas/problem.js';
import { maxWindowMs, type WindowRequest } from '../functions/window-of.js';
import { type Cursor, parseCursor } from '../search/cursor.js';
import { firstCursor } from '../search/read-page.js';
import { askedWindow } from './asked-window.js';

/** Time one page may take before it is answered as it is. */
export const searchBudgetMs = 5_000;

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ description: 'Most rows of a page' }),
  cursor: z.string().max(500).optional().meta({
    description: 'nextCursor of the page before; it brings its window, so from and to are not read',
  }),
};

/** Where the asked page begins. */
export function askedPage(query: WindowRequest & { cursor?: string | undefined }, now: Date): Cursor {
  if (query.cursor === undefined) return firstCursor(askedWindow(query, now, maxWindowMs));
  const cursor = parseCursor(query.cursor);
  if (cursor === null) throw new ProblemError('BAD_REQUEST', 'The query parameter "cursor" is none we gave.');
  askedWindow({ from: new Date(cursor.fromMs), to: new Date(cursor.toMs) }, now, maxWindowMs);
  return cursor;
}
