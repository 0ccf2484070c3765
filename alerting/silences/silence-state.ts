import { type LabelMatch, type Labels, matchesLabels } from '../../schemas/alerting/labels.js';
import type { Recurrence } from '../../schemas/alerting/recurrence.js';
import { nextWindow, type Window, windowAt } from './recurrence-window.js';

/** A silence as its events tell. */
export type StoredSilence = {
  id: string;
  match: LabelMatch;
  fromMs: number;
  untilMs: number;
  recurrence: Recurrence | null;
  author: string;
  reason: string;
  createdAtMs: number;
  ended: { atMs: number; author: string; reason: string } | null;
};

/** The time a silence holds in at an instant; null when it does not hold. */
export function heldAt(silence: StoredSilence, atMs: number): Window | null {
  const untilMs = Math.min(silence.untilMs, silence.ended?.atMs ?? Number.POSITIVE_INFINITY);
  if (atMs < silence.fromMs || atMs >= untilMs) return null;
  if (silence.recurrence === null) return { fromMs: silence.fromMs, untilMs };
  const window = windowAt(silence.recurrence, atMs);
  return window === null ? null : { fromMs: window.fromMs, untilMs: Math.min(window.untilMs, untilMs) };
}

export function silenceState(silence: StoredSilence, atMs: number): 'active' | 'waiting' | 'over' {
  if (silence.ended !== null || atMs >= silence.untilMs) return 'over';
  if (heldAt(silence, atMs) !== null) return 'active';
  if (silence.recurrence === null) return 'waiting';
  const next = nextWindow(silence.recurrence, Math.max(atMs, silence.fromMs));
  return next === null || next.fromMs >= silence.untilMs ? 'over' : 'waiting';
}

/** The silence that keeps something from being told at an instant: of several, the one that lasts longest. */
export function silencing(
  silences: readonly StoredSilence[],
  labels: Labels,
  atMs: number,
): { silence: StoredSilence; untilMs: number } | null {
  let longest: { silence: StoredSilence; untilMs: number } | null = null;
  for (const silence of silences) {
    if (!matchesLabels(silence.match, labels)) continue;
    const window = heldAt(silence, atMs);
    if (window === null || window.untilMs <= (longest?.untilMs ?? 0)) continue;
    longest = { silence, untilMs: window.untilMs };
  }
  return longest;
}
