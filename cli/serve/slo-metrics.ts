import type { LedgerStats } from '../../alerting/ledger/ledger-stats.js';
import type { AllBudgets } from '../../alerting/reading/read-all-budgets.js';
import type { ScopedBudget } from '../../alerting/reading/read-budgets.js';
import type { MetricFamily, MetricSource, Sample } from '../../http/metrics/metric-family.js';
import { formatDuration } from '../../schemas/config/duration.js';

/** Budgets and burn rates of the objectives that are worst off; nothing while this process does not keep the ledger. */
export function sloMetrics(budgets: () => AllBudgets | null, stats: () => LedgerStats): MetricSource {
  return () => [...budgetFamilies(budgets()), ...ledgerFamilies(stats())];
}

function budgetFamilies(all: AllBudgets | null): MetricFamily[] {
  if (all === null) return [];
  const { known, worst } = all;
  const labelsOf = ({ slo, scope }: ScopedBudget) => ({ tenant: slo.tenant, slo: slo.id, scope });
  const each = (name: string, help: string, value: (one: ScopedBudget) => number | null): MetricFamily => ({
    name,
    help,
    type: 'gauge',
    samples: worst.flatMap((one): Sample[] => {
      const measured = value(one);
      return measured === null ? [] : [{ labels: labelsOf(one), value: measured }];
    }),
  });
  return [
    gauge('coldburn_slo_objectives', 'Objectives and their scopes that there are', known),
    gauge('coldburn_slo_objectives_shown', 'Those told of here: the worst off', worst.length),
    each('coldburn_slo_objective_ratio', 'Share of good events promised', ({ budget }) => budget.objective),
    each('coldburn_slo_good_events', 'Good events of the period', ({ budget }) => budget.good),
    each('coldburn_slo_total_events', 'All events of the period', ({ budget }) => budget.total),
    each(
      'coldburn_slo_budget_remaining_ratio',
      'Share of the error budget that is left; below 0 when overspent',
      ({ budget }) => budget.remainingRatio,
    ),
    {
      name: 'coldburn_slo_burn_rate',
      help: 'Multiples of the sustainable spend by window',
      type: 'gauge',
      samples: worst.flatMap((one) =>
        one.budget.burn.flatMap(({ windowMs, rate }): Sample[] => {
          const labels = { ...labelsOf(one), window: formatDuration(windowMs) };
          return rate === null ? [] : [{ labels, value: rate }];
        }),
      ),
    },
    {
      name: 'coldburn_slo_status',
      help: 'State of the objective, as a label',
      type: 'gauge',
      samples: worst.map((one) => ({ labels: { ...labelsOf(one), status: one.budget.status }, value: 1 })),
    },
  ];
}

function ledgerFamilies(stats: LedgerStats): MetricFamily[] {
  const counter = (name: string, help: string, value: number): MetricFamily => {
    return { name, help, type: 'counter', samples: [{ value }] };
  };
  return [
    counter('coldburn_slo_ledger_entries_total', 'Minutes written to the ledger', stats.entries),
    counter('coldburn_slo_ledger_failures_total', 'Looks that failed and were repeated', stats.failures),
    gauge('coldburn_slo_ledger_filling', 'Objectives whose history is being filled', stats.filling),
    gauge('coldburn_slo_ledger_tick_seconds', 'How long the last look took', stats.lastTickMs / 1000),
    {
      name: 'coldburn_slo_ledger_last_tick_timestamp_seconds',
      help: 'When the last look began',
      type: 'gauge',
      samples: stats.lastTickAtMs === null ? [] : [{ value: stats.lastTickAtMs / 1000 }],
    },
  ];
}

function gauge(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: 'gauge', samples: [{ value }] };
}
