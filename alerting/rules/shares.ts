import { binomialTail } from '../decide/binomial-tail.js';
import { windowText } from '../tiers/window-text.js';
import { type Figures, windowsMs } from './read-figures.js';
import type { Finding } from './rule.js';

/** A share of runs that is too high: above a limit, and far above what the function usually has. */
export type ShareRule = {
  part: (figures: Figures) => readonly number[];
  whole?: (figures: Figures) => readonly number[];
  /** Reached above this share … */
  above: number;
  /** … with at least so many of the part, … */
  atLeast: number;
  /** … in the shortest window that holds so many runs, … */
  fewestRuns: number;
  /** … and so many times the usual share; 1: whatever it usually is. */
  timesUsual: number;
  /** Nothing follows without a usual share: a function that runs a few times a day always starts cold. */
  needsUsual?: boolean;
  /** "were throttled" */
  says: string;
  title: (name: string) => string;
};

/** Chance explains it no more often than once in a hundred looks. */
const level = 0.01;

export function findShares(all: readonly Figures[], rule: ShareRule): Finding[] {
  return all.flatMap((figures): Finding[] => {
    const wholes = (rule.whole ?? (({ runs }: Figures) => runs))(figures);
    const parts = rule.part(figures);
    const chosen = windowsMs.findIndex((_, index) => (wholes[index] ?? 0) >= rule.fewestRuns);
    // A function that has not run so often in a day is judged by the day, if the test below lets it.
    const index = chosen === -1 ? windowsMs.length - 1 : chosen;
    const [part, whole] = [parts[index] ?? 0, wholes[index] ?? 0];
    const share = whole === 0 ? 0 : part / whole;
    if (share <= rule.above || part < 1) return [];
    const since = usualUntil(wholes, index, rule.fewestRuns);
    const dayPart = (parts.at(-1) ?? 0) - (parts[since] ?? 0);
    const dayWhole = (wholes.at(-1) ?? 0) - (wholes[since] ?? 0);
    const usual = dayWhole <= 0 ? 0 : dayPart / dayWhole;
    if (share < rule.timesUsual * usual) return [];
    if (rule.needsUsual === true && dayWhole < rule.fewestRuns) return [];
    const isSure =
      part >= rule.atLeast && binomialTail(Math.round(part), Math.round(whole), rule.above) < level;
    return [
      {
        ...placed(figures),
        verdict: isSure ? 'reached' : 'held',
        title: rule.title(figures.function),
        summary: `${Math.round(part)} of ${Math.round(whole)} runs ${rule.says} within ${windowText(windowsMs[index] ?? 0)} (${percent(share)}; usually ${percent(usual)}).`,
        facts: [
          { label: `Share in ${windowText(windowsMs[index] ?? 0)}`, value: percent(share) },
          { label: 'Limit', value: percent(rule.above) },
          { label: 'Usual share', value: percent(usual) },
        ],
        startedAt: null,
      },
    ];
  });
}

/**
 * The window after what is usual: the day without its last six hours or its last hour, where that holds enough, so that a fault
 * does not become usual by going on.
 */
export function usualUntil(counts: readonly number[], chosen: number, fewest: number): number {
  const day = counts.at(-1) ?? 0;
  return [2, 1].find((index) => index > chosen && day - (counts[index] ?? 0) >= fewest) ?? chosen;
}

/** Place and labels of a finding about a function. */
export function placed(figures: Pick<Figures, 'function' | 'environment' | 'team_name' | 'provider_name'>) {
  const { function: name, environment, team_name: team, provider_name: provider } = figures;
  return {
    scope: environment === '' ? name : `${environment}/${name}`,
    labels: {
      function: name,
      ...(environment === '' ? {} : { environment }),
      ...(team === '' ? {} : { team, owner: team }),
      ...(provider === '' ? {} : { provider }),
    },
  };
}

export function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))} %`;
}
