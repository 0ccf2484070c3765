import type { Rule } from './rule.js';

/** Every rule beside burn rates. A new one is a file, a line here, and a page in docs/runbooks/. */
export const rules: readonly Rule[] = [];
