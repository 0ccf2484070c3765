import { nearest } from '../../schemas/nearest.js';
import { type Rule, type RuleDay, weekdays } from './rule.js';

export type ParsedRule = { kind: 'rule'; rule: Rule } | { kind: 'refused'; reason: string };

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const keys = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYMONTH',
  'BYMONTHDAY',
  'BYDAY',
  'BYSETPOS',
  'WKST',
] as const;
const withinDay = ['BYHOUR', 'BYMINUTE', 'BYSECOND', 'BYWEEKNO', 'BYYEARDAY'];

class Refused extends Error {}

/** Reads "FREQ=WEEKLY;BYDAY=SU", or says in a sentence what of it is not understood. */
export function parseRule(text: string): ParsedRule {
  try {
    return { kind: 'rule', rule: ruleOf(partsOf(text.trim().replace(/^RRULE:/i, ''))) };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function partsOf(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.split(';').filter((one) => one !== '')) {
    const [name = '', value = '', more] = part.toUpperCase().split('=');
    if (value === '' || more !== undefined) throw new Refused(`"${part}" is not KEY=VALUE`);
    if (withinDay.includes(name)) throw new Refused(`${name} is not supported; give the window itself`);
    if (!keys.some((key) => key === name))
      throw new Refused(`unknown part "${name}"; did you mean ${nearest(name, [...keys])}?`);
    if (parts.has(name)) throw new Refused(`${name} is given twice`);
    parts.set(name, value);
  }
  return parts;
}

function ruleOf(parts: ReadonlyMap<string, string>): Rule {
  const freq = frequencies.find((one) => one === parts.get('FREQ'));
  if (freq === undefined) throw new Refused(`FREQ must be one of ${frequencies.join(', ')}`);
  const interval = numbers(parts, 'INTERVAL', 1, 1000)[0] ?? 1;
  const count = numbers(parts, 'COUNT', 1, 100_000)[0] ?? null;
  const until = parts.has('UNTIL') ? untilOf(parts.get('UNTIL') ?? '') : null;
  if (count !== null && until !== null) throw new Refused('COUNT and UNTIL exclude each other');
  const byMonth = numbers(parts, 'BYMONTH', 1, 12);
  const byMonthDay = numbers(parts, 'BYMONTHDAY', -31, 31);
  const bySetPos = numbers(parts, 'BYSETPOS', -366, 366);
  const byDay = (parts.get('BYDAY') ?? '')
    .split(',')
    .filter((one) => one !== '')
    .map(dayOf);
  const weekStart = parts.has('WKST') ? dayOf(parts.get('WKST') ?? '').weekday : 0;
  const counted = byDay.some(({ nth }) => nth !== null);
  if (counted && (freq === 'DAILY' || freq === 'WEEKLY'))
    throw new Refused(`a counted weekday such as 1MO does not go with FREQ=${freq}`);
  if (freq === 'WEEKLY' && byMonthDay.length > 0)
    throw new Refused('BYMONTHDAY does not go with FREQ=WEEKLY');
  if (freq === 'YEARLY' && byMonth.length === 0 && byDay.length + byMonthDay.length > 0)
    throw new Refused('FREQ=YEARLY with BYDAY or BYMONTHDAY needs BYMONTH');
  if (bySetPos.length > 0 && byDay.length + byMonthDay.length + byMonth.length === 0)
    throw new Refused('BYSETPOS needs another BY part to choose from');
  return { freq, interval, count, until, byMonth, byMonthDay, byDay, bySetPos, weekStart };
}

function numbers(parts: ReadonlyMap<string, string>, name: string, least: number, most: number): number[] {
  const text = parts.get(name);
  if (text === undefined) return [];
  return text.split(',').map((one) => {
    const value = /^[+-]?\d{1,6}$/.test(one) ? Number(one) : Number.NaN;
    if (!(value >= least && value <= most) || value === 0)
      throw new Refused(`${name} must be whole numbers from ${least} to ${most}, this is "${one}"`);
    return value;
  });
}

function dayOf(text: string): RuleDay {
  const [, nth = '', name = ''] = /^([+-]?[1-5])?([A-Z]{2})$/.exec(text) ?? [];
  const weekday = weekdays.indexOf(name);
  if (weekday < 0) throw new Refused(`"${text}" is no weekday; they are ${weekdays.join(', ')}`);
  return { nth: nth === '' ? null : Number(nth), weekday };
}

/** A date counts as a whole; a time without Z is local. */
function untilOf(text: string): NonNullable<Rule['until']> {
  const [, year, month, day, hour, minute, second, zulu] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined)
    throw new Refused(`UNTIL must be such as 20261231 or 20261231T235900Z, this is "${text}"`);
  const time = hour === undefined ? [23, 59, 59] : [Number(hour), Number(minute), Number(second)];
  const [h = 0, m = 0, s = 0] = time;
  return { ms: Date.UTC(Number(year), Number(month) - 1, Number(day), h, m, s), isUtc: zulu === 'Z' };
}
