import type { CostSettings } from '../../schemas/config/cost.js';
import type { PriceBooks } from './load-price-book.js';

/** What cost is worked out with, besides usage. */
export type CostDeps = { books: PriceBooks; settings: CostSettings };
