import type { BacktestAnswer } from '../../../../schemas/alerting/backtest.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import type { ChartMark } from '../chart/chart-data.js';
import { burnText } from './slo-words.js';

/** What the sliders stand at; null where they stand at what is in force. */
export type Tried = { objective: string | null; underMs: number | null };

/** What the URL says; what is no threshold is not tried. */
export function triedFrom(objective: string, under: string): Tried {
  const ms = Number(under);
  const isMs = under !== '' && Number.isInteger(ms) && ms >= 1 && ms <= 86_400_000;
  return { objective: objective === '' ? null : objective, underMs: isMs ? ms : null };
}

const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5];

/** Thresholds to choose from around the one in force: a tenth of it to ten times as much, in round numbers. */
export function thresholdChoices(inForceMs: number): number[] {
  const choices = new Set<number>([inForceMs]);
  for (let decade = 0; decade <= 8; decade++)
    for (const step of steps) {
      const ms = step * 10 ** decade;
      if (Number.isInteger(ms) && ms >= inForceMs / 10 && ms <= inForceMs * 10 && ms <= 86_400_000)
        choices.add(ms);
    }
  return [...choices].sort((one, other) => one - other);
}

/** The threshold of an objective on latency; null of any other. */
export function thresholdMsOf({ sli }: SloDefinition): number | null {
  return sli.kind === 'latency' ? sli.under : null;
}

/** A definition as it stands in a file, with what is tried out in it. */
export function triedDefinition(
  stored: Readonly<Record<string, unknown>>,
  { objective, underMs }: Tried,
): Record<string, unknown> {
  const { sli } = stored;
  return {
    ...stored,
    ...(objective === null ? {} : { objective }),
    ...(underMs === null || typeof sli !== 'object' ? {} : { sli: { ...sli, under: `${underMs}ms` } }),
  };
}

type Episode = BacktestAnswer['episodes'][number];

/** Pages and tickets that would have been, as flags under the curve. */
export function episodeMarks(episodes: readonly Episode[]): ChartMark[] {
  return episodes.map(({ severity, firedAt, longBurn }) => ({
    atMs: Date.parse(firedAt),
    label: `${severity === 'page' ? 'Page' : 'Ticket'} at ${burnText(longBurn)}`,
    href: null,
  }));
}

/** "2 pages and 1 ticket". */
export function toldText({ pages, tickets }: { pages: number; tickets: number }): string {
  if (pages + tickets === 0) return 'no page and no ticket';
  const count = (many: number, word: string) => `${many} ${word}${many === 1 ? '' : 's'}`;
  const parts = [pages === 0 ? '' : count(pages, 'page'), tickets === 0 ? '' : count(tickets, 'ticket')];
  return parts.filter((part) => part !== '').join(' and ');
}
