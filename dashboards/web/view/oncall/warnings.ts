import type { z } from 'zod';
import type { FunctionSummary } from '../../../../schemas/functions.js';
import type { QueueList } from '../../../../schemas/queues.js';
import { formatCount } from '../format-count.js';
import { formatDuration } from '../format-duration.js';
import { formatRatio } from '../format-ratio.js';

type Queue = z.infer<typeof QueueList>['queues'][number];

export type Warning = {
  key: string;
  kind: 'dead-letter' | 'queue' | 'throttled' | 'coverage';
  /** The function or queue it is about. */
  name: string;
  says: string;
  /** The page of the function; null when none is known. */
  function: string | null;
  environment: string;
  /** Larger is worse, within its kind. */
  weight: number;
};

/** A message that waits longer than this is worth a word. */
const oldMs = 15 * 60_000;
const leastCoverage = 0.99;

/** What is not an alert and yet worth knowing at three in the morning, worst kinds first. */
export function warningsOf(functions: readonly FunctionSummary[], queues: readonly Queue[]): Warning[] {
  const found: Warning[] = [];
  for (const queue of queues) {
    const {
      queue: name,
      environment,
      depth,
      growthPerMinute,
      oldestAgeMs,
      isDeadLetter,
      deadLetterOf,
    } = queue;
    const base = { name, function: queue.function, environment };
    if (isDeadLetter && (depth ?? 0) > 0) {
      const grows =
        (growthPerMinute ?? 0) > 0
          ? `, growing by ${formatCount(Math.ceil((growthPerMinute ?? 0) * 60))} an hour`
          : '';
      const of = deadLetterOf === null ? '' : ` of ${deadLetterOf}`;
      found.push({
        ...base,
        key: `dead ${environment} ${name}`,
        kind: 'dead-letter',
        says: `${formatCount(depth ?? 0)} messages given up${of}${grows}`,
        weight: (growthPerMinute ?? 0) * 1e6 + (depth ?? 0),
      });
    } else if (!isDeadLetter && (oldestAgeMs ?? 0) >= oldMs)
      found.push({
        ...base,
        key: `old ${environment} ${name}`,
        kind: 'queue',
        says: `the oldest of ${depth === null ? 'its' : formatCount(depth)} messages waits ${formatDuration(oldestAgeMs)}`,
        weight: oldestAgeMs ?? 0,
      });
  }
  const seen = new Set<string>();
  for (const { function: name, environment, throttles, throttleRatio, coverageRatio } of functions) {
    // Both are of the function in its environment as a whole, and the same on each of its rows.
    const key = `${environment} ${name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const base = { name, function: name, environment };
    if ((throttles ?? 0) > 0)
      found.push({
        ...base,
        key: `throttled ${key}`,
        kind: 'throttled',
        says: `${formatCount(throttles ?? 0)} calls throttled, ${formatRatio(throttleRatio)} of all`,
        weight: throttles ?? 0,
      });
    if (coverageRatio !== null && coverageRatio < leastCoverage)
      found.push({
        ...base,
        key: `coverage ${key}`,
        kind: 'coverage',
        says: `telemetry tells of ${formatRatio(coverageRatio)} of the runs the provider counted`,
        weight: 1 - coverageRatio,
      });
  }
  const rank = { 'dead-letter': 0, throttled: 1, queue: 2, coverage: 3 };
  return found.sort((one, other) => rank[one.kind] - rank[other.kind] || other.weight - one.weight);
}

export const warningWords: Readonly<Record<Warning['kind'], string>> = {
  'dead-letter': 'Dead letters',
  throttled: 'Throttled',
  queue: 'Waiting long',
  coverage: 'Telemetry missing',
};
