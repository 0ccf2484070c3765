import type { Tenant } from '../../schemas/access.js';
import type { Fact, IncidentLabels, Severity } from '../../schemas/alerting/incident-event.js';
import type { Standing } from './step.js';

/** What was reached: the tier of a burn rate, or the one condition another rule has. */
export type Level = { severity: Severity; name: string | null };

/** One thing that can go wrong by itself: an objective's burn in one scope, or another rule in one place. */
export type Series = { tenant: Tenant; rule: string; sloId: string | null; scope: string };

/** Words and figures for people. */
export type Described = {
  title: string;
  summary: string;
  facts: Fact[];
  labels: IncidentLabels;
  runbookUrl: string | null;
  /** When the fault began, where the counts tell. */
  startedMs: number | null;
};

/** What is known of a series in one minute. It is described only when something has changed. */
export type SeriesReading = {
  series: Series;
  standing: Standing<Level>;
  minimumMs: number;
  describe: (level: Level) => Promise<Described>;
};

export function seriesKey({ tenant, rule, sloId, scope }: Series): string {
  return JSON.stringify([tenant, rule, sloId, scope]);
}
