import type { SliDefinition } from '../../schemas/slo/slo-definition.js';
import type { Cell, CountRow } from './evaluate.js';

type Counted = Exclude<SliDefinition, { kind: 'time-slice' }>;

/** Kinds that are sums of the rollup of invocations. */
export const sumKinds = ['success', 'error', 'timeout', 'retry', 'duplicate', 'cold-start'] as const;

/** What a sum of runs counts; null where the kind is not made of such sums. */
export function countRun(sli: Counted, row: CountRow): Cell | null {
  switch (sli.kind) {
    case 'success':
      if (row.cold && sli.coldStarts === 'excluded') return nothing;
      return sli.count === 'requests'
        ? { good: row.finalOk, total: row.finalN }
        : { good: row.ok, total: row.n };
    case 'error':
      return { good: row.ran - row.failed, total: row.ran };
    case 'timeout':
      return { good: row.n - row.timeouts, total: row.n };
    case 'retry':
      return { good: row.n - row.retries, total: row.n };
    case 'duplicate':
      return { good: row.n - row.duplicates, total: row.n };
    case 'cold-start':
      return { good: row.cold ? 0 : row.ran, total: row.ran };
    default:
      return null;
  }
}

const nothing: Cell = { good: 0, total: 0 };
