/** Floors, lowest first: a file imports from its own room or from a lower floor, never sideways or up. */
export const floors: readonly (readonly string[])[] = [
  ['schemas'],
  ['warehouse', 'http'],
  ['ingest', 'settle', 'query', 'access'],
  ['alerting'],
  ['dashboards'],
  ['cli'],
];

/** Rooms and folders that think and do not act: no I/O, no clock, no randomness, no process. */
export const pureFolders: readonly string[] = [
  'schemas',
  'warehouse/statement',
  'warehouse/migrate/render',
  'ingest/wire',
  'ingest/otlp',
  'ingest/classify',
  'ingest/errors',
  'ingest/dependencies',
  'ingest/reports',
  'ingest/rows',
  'ingest/limits',
  'ingest/sampling',
  'ingest/counting',
  'ingest/usage',
  'settle/decide',
  'query/latency',
  'query/window',
  'query/cost/exact',
  'query/cost/book',
  'query/cost/pricing',
  'query/cost/attribution',
  'query/cost/analysis',
  'query/cost/bill',
  'query/cost/report',
  'dashboards/web/view',
  'alerting/tiers',
  'alerting/budget',
  'alerting/exchange',
  'alerting/recurrence',
  'alerting/evaluate',
  'alerting/predicates',
  'alerting/decide',
  'alerting/clock',
  'alerting/oncall',
  'alerting/silences/recurrence-window.ts',
  'alerting/silences/silence-state.ts',
  'alerting/routing',
  'alerting/actions',
  'alerting/reports/due-periods.ts',
  'alerting/reports/png-bars.ts',
  'alerting/reports/slo-review.ts',
  'alerting/gate/decide-gate.ts',
  'alerting/gate/fisher.ts',
  'alerting/gate/rank-test.ts',
  'alerting/receivers',
  'alerting/outgoing/address-guard.ts',
  'alerting/outbox/retry.ts',
  'cli/doctor/verdicts',
  'cli/demo/fleet',
  'cli/demo/simulate',
  'cli/demo/incidents',
  'cli/demo/truth',
];

/** Data, not code: the only files that may pass 300 lines. */
export const longFiles: readonly string[] = [];

export const maxLines = 300;

/** The room a path belongs to and its floor; null outside the rooms (tests, benches, bin). */
export function roomOf(path: string): { room: string; floor: number } | null {
  const room = path.split('/')[0] ?? '';
  const floor = floors.findIndex((rooms) => rooms.includes(room));
  return floor === -1 ? null : { room, floor };
}
