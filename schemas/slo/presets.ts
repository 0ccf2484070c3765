import { z } from 'zod';
import type { Tier } from './tier.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const PresetName = z.enum(['sre-workbook', 'pyrra', 'datadog', 'simple']);
export type PresetName = z.infer<typeof PresetName>;

type Row = readonly [
  budget: readonly [number, number],
  longMs: number,
  shortMs: number,
  severity: Tier['severity'],
];

function tiers(rows: readonly Row[]): Tier[] {
  return rows.map(([[parts, of], longMs, shortMs, severity]) => ({
    budget: { parts: BigInt(parts), of: BigInt(of) },
    longMs,
    shortMs,
    severity,
  }));
}

/** The period every preset was written for, and its tiers there. */
type Preset = { forMs: number; tiers: readonly Tier[]; scales: 'windows' | 'budget'; source: string };

const presets: Readonly<Record<PresetName, Preset>> = {
  // Google SRE Workbook, "Alerting on SLOs", table 5-8.
  'sre-workbook': {
    forMs: 30 * dayMs,
    tiers: tiers([
      [[2, 100], hourMs, 5 * minuteMs, 'page'],
      [[5, 100], 6 * hourMs, 30 * minuteMs, 'page'],
      [[10, 100], 3 * dayMs, 6 * hourMs, 'ticket'],
    ]),
    scales: 'windows',
    source: 'Google SRE Workbook, table 5-8',
  },
  // Factors 14, 7, 2, 1 over T/672, T/112, T/28, T/7 (pyrra-dev/pyrra, slo/rules.go).
  pyrra: {
    forMs: 28 * dayMs,
    tiers: tiers([
      [[1, 48], hourMs, 5 * minuteMs, 'page'],
      [[1, 16], 6 * hourMs, 30 * minuteMs, 'page'],
      [[1, 14], dayMs, 2 * hourMs, 'ticket'],
      [[1, 7], 4 * dayMs, 6 * hourMs, 'ticket'],
    ]),
    scales: 'windows',
    source: 'Pyrra',
  },
  // Datadog's recommended values for 30 days.
  datadog: {
    forMs: 30 * dayMs,
    tiers: tiers([
      [[2, 100], hourMs, 5 * minuteMs, 'page'],
      [[5, 100], 6 * hourMs, 30 * minuteMs, 'page'],
      [[10, 100], dayMs, 2 * hourMs, 'ticket'],
    ]),
    scales: 'budget',
    source: 'Datadog, burn-rate alerts',
  },
  // For those who want plain multiples: four times the sustainable spend pages, twice is a ticket.
  simple: {
    forMs: 30 * dayMs,
    tiers: tiers(
      (
        [
          [4, 'page'],
          [2, 'ticket'],
        ] as const
      ).flatMap(([factor, severity]): Row[] => [
        [[factor, 720], hourMs, 5 * minuteMs, severity],
        [[factor * 6, 720], 6 * hourMs, 30 * minuteMs, severity],
        [[factor * 24, 720], dayMs, 2 * hourMs, severity],
      ]),
    ),
    scales: 'windows',
    source: '4 times (page) and 2 times (ticket) over 1 h, 6 h and 24 h',
  },
};

/** Windows are kept to whole minutes, and no shorter than telemetry needs to arrive. */
const shortestMs = 2 * minuteMs;

/**
 * The tiers of a preset for a period of another length: windows grow and shrink with it and the budget shares stay, so
 * factors stay too, and no tier ends below the sustainable spend. Datadog keeps its windows and states shares by period.
 */
export function presetTiers(name: PresetName, periodMs: number): Tier[] {
  const { forMs, tiers: given, scales } = presets[name];
  if (periodMs === forMs) return [...given];
  if (scales === 'budget') return datadogTiers(periodMs);
  return given.map((tier) => ({
    ...tier,
    longMs: scaled(tier.longMs, periodMs, forMs),
    shortMs: scaled(tier.shortMs, periodMs, forMs),
  }));
}

export function presetSource(name: PresetName): string {
  return presets[name].source;
}

function scaled(windowMs: number, periodMs: number, forMs: number): number {
  return Math.max(shortestMs, Math.round((windowMs * periodMs) / forMs / minuteMs) * minuteMs);
}

/** Datadog's own tables for 7 and 90 days; between them the nearest one. */
function datadogTiers(periodMs: number): Tier[] {
  const shares = periodMs < 14 * dayMs ? [10, 20, 40] : periodMs > 60 * dayMs ? [1, 3, 5] : [2, 5, 10];
  return presets.datadog.tiers.map((tier, at) => ({
    ...tier,
    budget: { parts: BigInt(shares[at] ?? 0), of: 100n },
  }));
}
