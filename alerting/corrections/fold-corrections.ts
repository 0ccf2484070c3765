import { NewCorrection } from '../../schemas/slo/correction.js';
import { parseRule } from '../recurrence/parse-rule.js';
import { startsWithRule } from '../recurrence/windows.js';
import type { Correction, CorrectionEvent } from './correction.js';

export type KnownCorrection = {
  correction: Correction;
  deleted: CorrectionEvent | null;
  /** In order. */
  history: readonly CorrectionEvent[];
};

export type FoldedCorrections = { known: KnownCorrection[]; unreadable: string[] };

/** What events, in order, come to. */
export function foldCorrections(events: readonly CorrectionEvent[]): FoldedCorrections {
  const byId = new Map<string, CorrectionEvent[]>();
  for (const event of events) byId.set(event.id, [...(byId.get(event.id) ?? []), event]);
  const known: KnownCorrection[] = [];
  const unreadable: string[] = [];
  for (const [id, history] of byId) {
    const put = history.findLast(({ event }) => event === 'put');
    const correction = put === undefined ? null : readCorrection(put);
    if (correction === null) {
      unreadable.push(id);
      continue;
    }
    const last = history.at(-1);
    known.push({ correction, deleted: last?.event === 'delete' ? last : null, history });
  }
  return { known, unreadable };
}

/** Those in force. */
export function currentCorrections({ known }: FoldedCorrections): Correction[] {
  return known.filter(({ deleted }) => deleted === null).map(({ correction }) => correction);
}

function readCorrection({ id, definition, at }: CorrectionEvent): Correction | null {
  try {
    const parsed = NewCorrection.safeParse(JSON.parse(definition));
    if (!parsed.success) return null;
    const made = makeCorrection(id, parsed.data, at);
    return made.kind === 'correction' ? made.correction : null;
  } catch {
    return null;
  }
}

export type MadeCorrection =
  | { kind: 'correction'; correction: Correction }
  | { kind: 'refused'; reason: string };

const minuteMs = 60_000;
const longestMs = 366 * 86_400_000;

/** Checks what parsing cannot: whole minutes, the order of both ends, and that the rule is one. */
export function makeCorrection(id: string, given: NewCorrection, at: Date): MadeCorrection {
  const { from, to, rrule = null, zone = 'UTC', reason, author } = given;
  const refused = (text: string): MadeCorrection => ({ kind: 'refused', reason: text });
  for (const [name, value] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (value.getTime() % minuteMs !== 0)
      return refused(`${name} (${value.toISOString()}) must be a whole minute; the ledger counts by minute`);
  if (from >= to) return refused(`from (${from.toISOString()}) must be before to (${to.toISOString()})`);
  if (to.getTime() - from.getTime() > longestMs) return refused('a window is at most 366 days long');
  if (rrule === null && given.zone !== undefined) return refused('zone is of use only with rrule');
  const rule = rrule === null ? null : parseRule(rrule);
  if (rule?.kind === 'refused') return refused(`rrule: ${rule.reason}`);
  const windows = { from, to, repeat: rule === null ? null : { rule: rule.rule, zone } };
  if (!startsWithRule(windows))
    return refused(`from (${from.toISOString()}) is not one of the times that the rrule names in ${zone}`);
  const { slo = null, function: functions = null, environment = null } = given;
  const correction = { id, windows, rrule, zone, slo, function: functions, environment, reason, author, at };
  return { kind: 'correction', correction };
}
