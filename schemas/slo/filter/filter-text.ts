import { z } from 'zod';
import type { Filter } from './filter.js';
import { parseFilter } from './parse-filter.js';

/** A condition as its author wrote it, and what it means. */
export type WrittenFilter = { readonly text: string; readonly filter: Filter };

export const FilterText = z
  .string({ error: 'must be a condition such as outcome == "ok" and durationMs < 300ms' })
  .max(4000)
  .transform((text, context): WrittenFilter => {
    const parsed = parseFilter(text);
    if (parsed.kind === 'filter') return { text, filter: parsed.filter };
    const around = text.slice(Math.max(0, parsed.at - 16), parsed.at - 1);
    const message = `at character ${parsed.at}${around === '' ? '' : `, after ${JSON.stringify(around)}`}: ${parsed.says}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
