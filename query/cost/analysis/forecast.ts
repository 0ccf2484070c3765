import { add, compare, divide, multiply, type Rational, rational, sum, zero } from '../exact/rational.js';

/** What one whole day cost. */
export type DayCost = { day: string; cost: Rational };

export type Forecast = {
  /** Of each day asked for, in order. */
  days: Rational[];
  /** Lowest and highest likely total as shares of the forecast total; null while the past is too short. */
  spread: { low: number; high: number; meanErrorRatio: number; forecasts: number } | null;
};

const dayMs = 86_400_000;
const weekDays = 7;
/** Days looked back at: recent enough to follow a change, long enough to know weekdays. */
const levelDays = 7;
const seasonDays = 28;
/** Fewer tries on the past make no interval. */
const leastTries = 5;

/**
 * The next days' cost: the mean of the last week, times how a day of that name differs from its week. The same method is
 * tried from every earlier day for as long a horizon; how far those forecasts were off is the interval.
 */
export function forecast(history: readonly DayCost[], horizonDays: number): Forecast | null {
  const days = predict(history, horizonDays);
  if (days === null) return null;
  return { days, spread: horizonDays === 0 ? null : backtest(history, horizonDays) };
}

function predict(history: readonly DayCost[], horizonDays: number): Rational[] | null {
  const last = history.at(-1);
  if (last === undefined) return null;
  const level = mean(history.slice(-levelDays).map(({ cost }) => cost));
  const season = seasonOf(history.slice(-seasonDays));
  const lastMs = Date.parse(last.day);
  return Array.from({ length: horizonDays }, (_, index) => {
    const weekday = new Date(lastMs + (index + 1) * dayMs).getUTCDay();
    return multiply(level, season[weekday] ?? rational(1n));
  });
}

/** How each weekday differs from the mean; 1 where less than two whole weeks are known. */
function seasonOf(history: readonly DayCost[]): Rational[] {
  const even = Array.from({ length: weekDays }, () => rational(1n));
  const whole = mean(history.map(({ cost }) => cost));
  if (history.length < 2 * weekDays || whole.n === 0n) return even;
  return even.map((one, weekday) => {
    const own = history.filter(({ day }) => new Date(Date.parse(day)).getUTCDay() === weekday);
    return own.length < 2 ? one : divide(mean(own.map(({ cost }) => cost)), whole);
  });
}

function backtest(history: readonly DayCost[], horizonDays: number): Forecast['spread'] {
  const errors: number[] = [];
  const span = Math.min(horizonDays, Math.max(1, Math.floor(history.length / 3)));
  for (let end = levelDays; end + span <= history.length; end++) {
    const guess = sum(predict(history.slice(0, end), span) ?? []);
    const actual = sum(history.slice(end, end + span).map(({ cost }) => cost));
    if (compare(guess, zero) > 0) errors.push(ratio(actual, guess));
  }
  if (errors.length < leastTries) return null;
  errors.sort((a, b) => a - b);
  const at = (share: number) => errors[Math.min(errors.length - 1, Math.floor(share * errors.length))] ?? 1;
  const off = errors.map((actual) => (actual === 0 ? 1 : Math.abs(1 / actual - 1)));
  return {
    low: Math.min(1, at(0.1)),
    high: Math.max(1, at(0.9)),
    meanErrorRatio: off.reduce((so, one) => so + one, 0) / off.length,
    forecasts: errors.length,
  };
}

function mean(values: readonly Rational[]): Rational {
  return values.length === 0 ? zero : divide(sum(values), rational(BigInt(values.length)));
}

/** To four digits: an estimate of an estimate, not money. */
function ratio(a: Rational, b: Rational): number {
  return Number((a.n * b.d * 10_000n) / (a.d * b.n)) / 10_000;
}

/** The whole cycle's cost: what was spent, and what is forecast for the rest of today and the days after. */
export function cycleTotal(spent: Rational, rest: readonly Rational[], restOfToday: Rational): Rational {
  return add(spent, add(sum(rest), restOfToday));
}
