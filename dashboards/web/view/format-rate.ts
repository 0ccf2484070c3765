import { threeDigits } from './figure.js';
import { formatCount } from './format-count.js';

const units = [
  { name: 'second', lengthMs: 1000 },
  { name: 'minute', lengthMs: 60_000 },
  { name: 'hour', lengthMs: 3_600_000 },
  { name: 'day', lengthMs: 86_400_000 },
] as const;

/** A count over a time as an average, in the shortest unit that sees at least one: "1.47 per second". */
export function formatRate(count: number, lengthMs: number): string {
  const unit = units.find((candidate) => count * candidate.lengthMs >= lengthMs) ?? units[3];
  const rate = (count * unit.lengthMs) / lengthMs;
  return `${rate < 1000 ? threeDigits(rate) : formatCount(rate)} per ${unit.name}`;
}
