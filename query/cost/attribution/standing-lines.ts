import type { CostSettings } from '../../../schemas/config/cost.js';
import { provisionedGbS } from '../pricing/lines-of.js';
import type { StandingLine } from './attribute.js';

type Provisioned = CostSettings['provisioned'][number];
type Keep = (entry: Provisioned) => boolean;

const dayMs = 86_400_000;

/** Provisioned concurrency within [from, to), month by month: paid for whether used or not. */
export function standingLines(
  provisioned: readonly Provisioned[],
  { from, to }: { from: Date; to: Date },
  groupBy: readonly string[],
  stepMs: number,
  keep: Keep,
): StandingLine[] {
  return provisioned.filter(keep).flatMap((entry) => {
    const start = Math.max(from.getTime(), entry.from === undefined ? 0 : Date.parse(entry.from));
    const end = Math.min(
      to.getTime(),
      entry.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(entry.to),
    );
    const lines: StandingLine[] = [];
    for (let at = start; at < end; ) {
      const until = Math.min(end, boundaryAfter(at, groupBy, stepMs));
      const instant = new Date(at);
      const { region, arch } = entry;
      const quantity = provisionedGbS(entry.concurrency, entry.memoryMb, until - at);
      lines.push({
        labels: groupBy.map((name) =>
          name === 'step' ? stepStart(at, stepMs) : labelOf(entry, name, instant),
        ),
        line: {
          provider: 'aws',
          product: 'lambda',
          dimension: 'provisioned-concurrency',
          region,
          arch,
          quantity,
        },
        month: `${instant.toISOString().slice(0, 7)}-01`,
        at: instant,
      });
      at = until;
    }
    return lines;
  });
}

/** Where the labels or the month change next. */
function boundaryAfter(at: number, groupBy: readonly string[], stepMs: number): number {
  const day = new Date(at);
  const nextMonth = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  if (groupBy.includes('step')) return Math.min(nextMonth, (Math.floor(at / stepMs) + 1) * stepMs);
  if (groupBy.includes('hour')) return (Math.floor(at / 3_600_000) + 1) * 3_600_000;
  if (groupBy.includes('day')) return (Math.floor(at / dayMs) + 1) * dayMs;
  return nextMonth;
}

function stepStart(at: number, stepMs: number): string {
  return String(Math.floor(at / stepMs) * stepMs);
}

function labelOf(entry: Provisioned, name: string, at: Date): string {
  switch (name) {
    case 'function':
    case 'environment':
    case 'version':
    case 'alias':
    case 'region':
    case 'team':
    case 'account':
    case 'arch':
      return entry[name];
    case 'provider':
      return 'aws';
    case 'memory':
      return String(entry.memoryMb);
    case 'hour':
      return `${at.toISOString().slice(0, 13)}:00:00Z`;
    case 'day':
      return at.toISOString().slice(0, 10);
    case 'month':
      return at.toISOString().slice(0, 7);
    default:
      return '';
  }
}
