import { SliAnswer } from '../../../schemas/sli.js';
import { contrastRows } from '../view/debug/contrast-rows.js';
import type { DebugState } from '../view/debug/debug-state.js';
import { contrastUrl, regionUrl } from '../view/debug/debug-urls.js';
import { type Region, regionRows } from '../view/debug/region-rows.js';
import { ask } from './ask.js';
import type { AskContrast } from './use-contrast.js';

/** Bad runs against good ones, and all of them against the time before. */
export function askOutcomes(name: string, state: DebugState): AskContrast {
  return async (dimension, signal) => {
    const answer = await ask(contrastUrl(name, state, dimension), SliAnswer, signal);
    return answer.kind === 'ok' ? { kind: 'ok', data: contrastRows(dimension, answer.data) } : answer;
  };
}

/** Runs of a region of the heat map against all others of the time shown. */
export function askRegion(name: string, state: DebugState, region: Region): AskContrast {
  return async (dimension, signal) => {
    const [all, within, below] = await Promise.all([
      ask(regionUrl(name, state, dimension, null, region.maxMs), SliAnswer, signal),
      ask(regionUrl(name, state, dimension, region, region.maxMs), SliAnswer, signal),
      region.minMs === 0
        ? null
        : ask(regionUrl(name, state, dimension, region, region.minMs), SliAnswer, signal),
    ]);
    if (all.kind !== 'ok') return all;
    if (within.kind !== 'ok') return within;
    if (below !== null && below.kind !== 'ok') return below;
    return { kind: 'ok', data: regionRows(dimension, all.data, within.data, below?.data ?? null) };
  };
}
