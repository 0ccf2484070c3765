import type { SortKey } from './sort-functions.js';

export type Column = { key: SortKey; label: string; title: string };

/** The columns of the functions table, in reading order. */
export const columns: readonly Column[] = [
  { key: 'function', label: 'Function', title: 'Name, and where it runs' },
  { key: 'errors', label: 'Success', title: 'Share that ended ok. Sorts by the number that failed' },
  { key: 'invocations', label: 'Invocations', title: 'Started in the time range' },
  { key: 'p50', label: 'p50', title: 'Half of the invocations that ran took at most this long' },
  { key: 'p95', label: 'p95', title: '95 % of the invocations that ran took at most this long' },
  { key: 'p99', label: 'p99', title: '99 % of the invocations that ran took at most this long' },
  { key: 'cold', label: 'Cold starts', title: 'Invocations that began with a cold start' },
  { key: 'seen', label: 'Last seen', title: 'End of the latest invocation' },
];
