const dayMs = 86_400_000;

/** The period of an objective as people write it, and what of the other tool's is not in it. */
export type PeriodOf = { period: string | { calendar: string; zone: string }; lost: string[] };

const days: Readonly<Record<string, number>> = { d: 1, w: 7, M: 30, Q: 90, Y: 365 };
const smallMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const calendars: Readonly<Record<string, string>> = { w: 'week', M: 'month', Q: 'quarter', Y: 'year' };

/** Words of OpenSLO v1alpha and the shorthand of later versions. */
const units: Readonly<Record<string, string>> = {
  second: 's',
  minute: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'M',
  quarter: 'Q',
  year: 'Y',
};

export function unitOf(word: string): string {
  return units[word.toLowerCase().replace(/s$/, '')] ?? word;
}

/** "30d", "4w", "1M", "2h30m" in milliseconds; null when it is none. Months count 30 days. */
export function shorthandMs(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d+)\s*(ms|[smhdwMQY])/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text.trim().replace(/\s+(?=\d)/g, ''))
    return null;
  return parts.reduce((sum, [, count = '', unit = '']) => {
    const ms = unit === 'ms' ? 1 : (smallMs[unit] ?? (days[unit] ?? 0) * dayMs);
    return sum + Number(count) * ms;
  }, 0);
}

export function rollingPeriod(text: string): PeriodOf {
  const ms = shorthandMs(text);
  if (ms === null) return { period: '30d', lost: [`the window "${text}" cannot be read; 30d is used`] };
  if (ms < dayMs) return { period: '1d', lost: [`a window of ${text} is shorter than a day; 1d is used`] };
  if (ms > 366 * dayMs)
    return { period: '366d', lost: [`a window of ${text} is longer than a year; 366d is used`] };
  const lost = /[MQY]/.test(text) ? [`a rolling window of ${text} is kept as ${ms / dayMs} days`] : [];
  return { period: ms % dayMs === 0 ? `${ms / dayMs}d` : `${ms / 3_600_000}h`, lost };
}

const start = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/;

/** A calendar period; `startTime` says on which day periods begin, as text: it is a local time and no instant. */
export function calendarPeriod(
  text: string,
  startTime: string | undefined,
  zone: string | undefined,
): PeriodOf {
  const [, count, unit = ''] = /^(\d+)\s*([a-zA-Z])$/.exec(text.trim()) ?? [];
  const calendar = calendars[unit];
  if (calendar === undefined || count !== '1') {
    const { period, lost } = rollingPeriod(text);
    return { period, lost: [...lost, `a calendar period of ${text} is not kept; a rolling one is used`] };
  }
  const period = { calendar, zone: zone ?? 'UTC' };
  if (startTime === undefined || isNatural(calendar, startTime)) return { period, lost: [] };
  const usual = calendar === 'week' ? 'on Monday' : 'on the first day';
  return { period, lost: [`periods begin ${usual} at midnight here, not at ${startTime}`] };
}

function isNatural(calendar: string, startTime: string): boolean {
  const [, year, month, day, ...time] = start.exec(startTime) ?? [];
  if (year === undefined || time.some((part) => part !== undefined && Number(part) !== 0)) return false;
  if (calendar === 'week')
    return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay() === 1;
  if (Number(day) !== 1) return false;
  return (
    calendar === 'month' || (calendar === 'quarter' ? (Number(month) - 1) % 3 === 0 : Number(month) === 1)
  );
}
