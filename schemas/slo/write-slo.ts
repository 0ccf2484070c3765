import { createHash } from 'node:crypto';
import { formatDuration } from '../config/duration.js';
import { percentText } from './percent.js';
import type { SliDefinition, SloDefinition } from './slo-definition.js';

/** What people write, as plain JSON. Reading it gives the same definition again. */
export type WrittenSlo = { readonly id: string; readonly [key: string]: unknown };

/** An objective in the one form it is stored, compared and shown in, however its author wrote it. */
export function writeSlo({ objective, period, sli, alerting, ...rest }: SloDefinition): WrittenSlo {
  return {
    ...rest,
    sli: writeSli(sli),
    objective: percentText(objective),
    period:
      period.kind === 'rolling'
        ? formatDuration(period.lengthMs)
        : { calendar: period.unit, zone: period.zone },
    alerting: {
      preset: alerting.preset,
      lowTraffic: alerting.lowTraffic,
      ...(alerting.minimumDuration === undefined
        ? {}
        : { minimumDuration: formatDuration(alerting.minimumDuration) }),
      ...(alerting.tiers === undefined
        ? {}
        : {
            tiers: alerting.tiers.map(({ budget, longMs, shortMs, severity }) => ({
              budget: percentText(budget),
              long: formatDuration(longMs),
              short: formatDuration(shortMs),
              severity,
            })),
          }),
    },
  };
}

function writeSli(sli: SliDefinition): object {
  switch (sli.kind) {
    case 'time-slice':
      return {
        ...sli,
        of: writeSli(sli.of),
        slice: formatDuration(sli.slice),
        atLeast: percentText(sli.atLeast),
      };
    case 'latency':
    case 'dependency-latency':
    case 'queue-age':
      return { ...sli, under: formatDuration(sli.under) };
    case 'custom':
      return {
        kind: sli.kind,
        good: sli.good.text,
        ...(sli.total === undefined ? {} : { total: sli.total.text }),
      };
    case 'memory':
    case 'saturation':
      return { ...sli, below: percentText(sli.below) };
    default:
      return sli;
  }
}

/** Names what an objective counts: the same for another objective or period, another for anything that changes a count. */
export function shapeOf({ per, where, sli }: SloDefinition): string {
  const sorted = Object.entries(where).sort(([one], [other]) => (one < other ? -1 : 1));
  const identity = JSON.stringify([per ?? null, sorted, writeSli(sli)]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 12);
}
