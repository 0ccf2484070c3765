import { timeRangeOf } from '../time-range.js';
import { apiUrl, placeParamsOf, type ViewState, windowParamsOf } from '../view-state.js';

/** What the page asks, each the whole address of one call. */
export function executiveUrls(view: ViewState) {
  const window = windowParamsOf(view);
  const place = placeParamsOf(view);
  const { fixed, range } = view;
  const lengthMs = fixed === null ? timeRangeOf(range).lengthMs : fixed.toMs - fixed.fromMs;
  const budgetsBefore = fixed === null ? { agoMs: String(lengthMs) } : { at: String(fixed.fromMs) };
  return {
    success: apiUrl('sli', { sli: 'success', compare: 'previous', ...window, ...place }),
    functions: apiUrl('functions', { ...window, ...place, costs: 'false' }),
    impact: apiUrl('impact', { ...window, ...place, limit: '20' }),
    budgets: apiUrl('budgets', fixed === null ? {} : { at: String(fixed.toMs) }),
    budgetsBefore: apiUrl('budgets', budgetsBefore),
    deployments: apiUrl('deployments', { ...window, limit: '200' }),
    incidents: apiUrl('incidents', { ...window, limit: '1000' }),
    cost: apiUrl('cost', { groupBy: '', ...window, ...place }),
    forecast: apiUrl('cost/forecast', place),
    costBudgets: apiUrl('cost/budgets'),
  };
}
