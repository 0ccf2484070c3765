import type { SliDefinition } from '../../schemas/slo/slo-definition.js';
import { minutesOfSlices } from '../evaluate/slice-entries.js';
import { isFigure, looksBackMs } from '../figures/figure-kinds.js';

/** Minutes of one tenant that got news: of runs, and of other figures. */
export type News = { runs: readonly number[]; figures: readonly number[] };

/** Minutes to work out, in order, and what of them: `compared` are figures that are compared with runs. */
export type Work = { minutes: number[]; runs: boolean; figures: 'all' | 'compared' };

const minuteMs = 60_000;

export function hasFigures(slis: readonly SliDefinition[]): boolean {
  return slis.some(isFigure);
}

/**
 * What follows from the news. A late point of a counter changes the minutes after it too. Where objectives are put
 * together of others, all of them must be there in the same minutes.
 */
export function planWork(news: News, slis: readonly SliDefinition[], nowMs: number): Work[] {
  const runs = minutesOfSlices(news.runs, slis);
  const figures = hasFigures(slis) ? withFollowing(news.figures, nowMs) : [];
  if (hasFigures(slis) && slis.some(({ kind }) => kind === 'composite')) {
    const minutes = minutesOfSlices([...runs, ...figures], slis);
    return minutes.length === 0 ? [] : [{ minutes, runs: true, figures: 'all' }];
  }
  return [
    ...(runs.length === 0 ? [] : [{ minutes: runs, runs: true, figures: 'compared' as const }]),
    ...(figures.length === 0 ? [] : [{ minutes: figures, runs: false, figures: 'all' as const }]),
  ];
}

function withFollowing(minutes: readonly number[], nowMs: number): number[] {
  const all = new Set<number>();
  for (const startMs of minutes)
    for (let ms = startMs; ms <= Math.max(startMs, Math.min(nowMs, startMs + looksBackMs)); ms += minuteMs)
      all.add(ms);
  return [...all].sort((one, other) => one - other);
}
