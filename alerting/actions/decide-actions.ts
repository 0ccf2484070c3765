import { createHash } from 'node:crypto';
import { matchesLabels } from '../../schemas/alerting/labels.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import type { Case } from '../routing/case.js';
import { type StoredSilence, silencing } from '../silences/silence-state.js';

export type ActionSettings = AlertingSettings['actions'][number];

/** What a program is told to do, or would be. */
export type DecidedAction = {
  /** The same however often it is decided. */
  id: string;
  action: ActionSettings;
  one: Case;
  on: ActionSettings['on'][number];
  outcome: { kind: 'done' } | { kind: 'dry-run' } | { kind: 'cooling-down'; untilMs: number };
};

export type ActionFacts = {
  actions: readonly ActionSettings[];
  cases: readonly Case[];
  silences: readonly StoredSilence[];
  /** Ids of what was decided before. */
  decided: ReadonlySet<string>;
  /** When something was last done, by `coolKey`. */
  lastDoneMs: ReadonlyMap<string, number>;
  nowMs: number;
};

/** Rolling back an hour after the fact would do more harm than good: what is older, as after a long standstill, is left. */
export const staleAfterMs = 15 * 60_000;

/** What is to be done now, in the order it happened. A silenced incident triggers nothing. */
export function decideActions({
  actions,
  cases,
  silences,
  decided,
  lastDoneMs,
  nowMs,
}: ActionFacts): DecidedAction[] {
  const last = new Map(lastDoneMs);
  const triggers = actions
    .flatMap((action) => cases.flatMap((one) => triggersOf(action, one)))
    .filter(({ atMs, id }) => nowMs - atMs <= staleAfterMs && !decided.has(id))
    .sort((one, other) => one.atMs - other.atMs || (one.id < other.id ? -1 : 1));
  return triggers.flatMap(({ action, id, on, one }): DecidedAction[] => {
    if (silencing(silences, one.labels, nowMs) !== null) return [];
    if (action.dryRun) return [{ id, action, on, one, outcome: { kind: 'dry-run' } }];
    const key = coolKey(action.name, one, on);
    const untilMs = (last.get(key) ?? Number.NEGATIVE_INFINITY) + action.coolDown;
    if (nowMs < untilMs) return [{ id, action, on, one, outcome: { kind: 'cooling-down', untilMs } }];
    last.set(key, nowMs);
    return [{ id, action, on, one, outcome: { kind: 'done' } }];
  });
}

/** What an action is done to: it cools down for each function by itself, and its undoing apart from its doing. */
export function coolKey(
  action: string,
  { labels, rule, scope, sloId }: Pick<Case, 'labels' | 'rule' | 'scope' | 'sloId'>,
  on: string,
): string {
  const target = labels.function ?? labels.queue ?? `${sloId ?? rule} ${scope}`;
  return JSON.stringify([action, on, target, labels.environment ?? '']);
}

type Trigger = { id: string; action: ActionSettings; one: Case; on: DecidedAction['on']; atMs: number };

function triggersOf(action: ActionSettings, one: Case): Trigger[] {
  if (!matchesLabels(action.match, one.labels)) return [];
  const at = (on: Trigger['on'], atMs: number): Trigger[] =>
    action.on.includes(on) ? [{ action, one, on, atMs, id: idOf(action.name, one.key, on, atMs) }] : [];
  return [
    ...at('fired', one.openedAtMs),
    ...one.changes.filter(({ kind }) => kind === 'escalated').flatMap(({ atMs }) => at('escalated', atMs)),
    ...(one.resolvedAtMs === null ? [] : at('resolved', one.resolvedAtMs)),
  ];
}

function idOf(...parts: readonly (string | number)[]): string {
  return `a${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)}`;
}
