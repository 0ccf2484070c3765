import { apiUrl, placeParamsOf, type ViewState, windowParamsOf } from '../view-state.js';

/** What the page asks, each the whole address of one call. */
export function onCallUrls(view: ViewState) {
  const window = windowParamsOf(view);
  const place = placeParamsOf(view);
  const environment: Record<string, string> =
    view.environment === null ? {} : { environment: view.environment };
  return {
    functions: apiUrl('functions', { ...window, ...place, costs: 'false' }),
    failing: apiUrl('sli', { sli: 'success', groupBy: 'function', ...window, ...place }),
    queues: apiUrl('queues', { ...window, ...environment, limit: '200' }),
    deployments: apiUrl('deployments', { ...window, limit: '50' }),
    errors: apiUrl('errors', { ...window, ...environment, limit: '8' }),
    budgets: apiUrl('budgets'),
    incidents: apiUrl('incidents', { state: 'open', limit: '100' }),
    silences: apiUrl('silences', { days: '0' }),
  };
}
