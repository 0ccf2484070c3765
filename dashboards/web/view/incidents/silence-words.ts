import type { IncidentAnswer } from '../../../../schemas/alerting/incident-answer.js';
import type { LabelName } from '../../../../schemas/alerting/labels.js';
import type { Silence } from '../../../../schemas/alerting/silence.js';
import { formatDuration } from '../format-duration.js';

export type Match = Partial<Record<LabelName, string[]>>;

export const silenceLengths = [
  { id: '1h', label: '1 hour' },
  { id: '4h', label: '4 hours' },
  { id: '1d', label: '1 day' },
  { id: '7d', label: '7 days' },
] as const;

/** Names that would be read as a pattern cannot be matched exactly, so they are left out: the others narrow it enough. */
const isPlain = (text: string) => text !== '' && !text.startsWith('!') && !text.includes('*');

/** What keeps this very incident quiet, and as little else as can be said. */
export function matchOf({
  sloId,
  rule,
  scope,
  labels,
}: Pick<IncidentAnswer, 'sloId' | 'rule' | 'scope' | 'labels'>): Match {
  const { function: name, environment, queue } = labels;
  const wanted: Partial<Record<LabelName, string | undefined>> =
    sloId === null ? { rule, function: name, environment, queue, scope } : { slo: sloId, scope };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([label, value]) =>
      value !== undefined && isPlain(value) ? [[label, [value]]] : [],
    ),
  );
}

/** "slo checkout-success, scope eu" */
export function matchText(match: Silence['match'] | Match): string {
  return Object.entries(match)
    .map(([label, globs]) => `${label} ${(globs ?? []).join(' or ')}`)
    .join(', ');
}

/** How long it still keeps quiet, or when it will, or that it is over. */
export function silenceTimeText(silence: Silence, nowMs: number): string {
  if (silence.ended !== null) return 'ended early';
  if (silence.state === 'over') return 'over';
  const leftMs = Date.parse(silence.until) - nowMs;
  const waitMs = Date.parse(silence.from) - nowMs;
  const left = `${formatDuration(Math.max(0, leftMs))} left`;
  if (silence.recurrence !== null) return silence.state === 'active' ? `repeats, ${left}` : 'repeats';
  return silence.state === 'active' ? left : `in ${formatDuration(Math.max(0, waitMs))}`;
}

/** Those in force first, then those that wait, each the one that ends first; over ones last. */
export function sortSilences(silences: readonly Silence[]): Silence[] {
  const rank = ({ state }: Silence) => (state === 'active' ? 0 : state === 'waiting' ? 1 : 2);
  return [...silences].sort(
    (one, other) => rank(one) - rank(other) || Date.parse(one.until) - Date.parse(other.until),
  );
}
