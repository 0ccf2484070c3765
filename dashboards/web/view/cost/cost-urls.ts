import { apiUrl, placeParamsOf, type ViewState, windowParamsOf } from '../view-state.js';
import type { CostBasisChoice, CostGroup } from './cost-groups.js';

type Window = { from: string; to: string };

/** What the page asks, each the whole address of one call. */
export function costUrls(view: ViewState, group: CostGroup, basis: CostBasisChoice) {
  const window = windowParamsOf(view);
  const place = placeParamsOf(view);
  const inWindow = { ...window, ...place };
  return {
    cost: apiUrl('cost', { groupBy: group.dimensions.join(','), basis: basis.id, ...inWindow }),
    changes: apiUrl('cost/changes', { groupBy: group.changesBy.join(','), ...inWindow }),
    waste: apiUrl('cost/waste', inWindow),
    rightsizing: apiUrl('cost/rightsizing', inWindow),
    forecast: apiUrl('cost/forecast', place),
    budgets: apiUrl('cost/budgets'),
    // Anomalies are of the last quarter of an hour: what runs away now, whatever time is looked at.
    anomalies: apiUrl('cost/anomalies', place),
    functions: apiUrl('functions', { ...inWindow, costs: 'false' }),
  };
}

/** The total of as long a time before the window that was answered. */
export function previousCostUrl(view: ViewState, { from, to }: Window, basis: CostBasisChoice): string {
  const startMs = Date.parse(from);
  const lengthMs = Date.parse(to) - startMs;
  const before = { from: new Date(Math.max(0, startMs - lengthMs)).toISOString(), to: from };
  return apiUrl('cost', { groupBy: '', basis: basis.id, ...before, ...placeParamsOf(view) });
}
