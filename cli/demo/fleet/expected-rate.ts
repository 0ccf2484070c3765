import type { DemoFunction, Fleet } from './demo-function.js';

const minutesPerDay = 1440;

/** Mean runs a minute of every function over a week, by name: those from outside and those other functions start. */
export function expectedPerMinute(fleet: Fleet, scale: number): Map<string, number> {
  const rates = new Map<string, number>();
  for (const demoFunction of fleet.functions) {
    const own = ownPerMinute(demoFunction, scale) + (rates.get(demoFunction.name) ?? 0);
    rates.set(demoFunction.name, own);
    for (const { to, ratio, fanOut } of demoFunction.calls)
      rates.set(to, (rates.get(to) ?? 0) + own * ratio * fanOut);
  }
  return rates;
}

/** What multiplies the table's rates so that the fleet makes so many runs a second on average; never below 0. */
export function scaleFor(fleet: Fleet, ratePerSecond: number): number {
  const fixed = total(expectedPerMinute(fleet, 0));
  const scaling = total(expectedPerMinute(fleet, 1)) - fixed;
  return Math.max(0, (ratePerSecond * 60 - fixed) / scaling);
}

function ownPerMinute(demoFunction: DemoFunction, scale: number): number {
  if (demoFunction.everyMinutes !== null) return 1 / Math.min(demoFunction.everyMinutes, minutesPerDay);
  return demoFunction.perMinute * (demoFunction.scales ? scale : 1);
}

function total(rates: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const rate of rates.values()) sum += rate;
  return sum;
}
