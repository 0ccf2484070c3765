import type { BudgetRow } from '../slo/budget-rows.js';
import { apiUrl } from '../view-state.js';

const months = 4;

/** What to ask for compliance by month of the first few objectives, each once whatever scopes it has. */
export function complianceUrls(
  rows: readonly Pick<BudgetRow, 'id' | 'title'>[],
  most: number,
): { urls: string[]; titles: Map<string, string> } {
  const titles = new Map<string, string>();
  for (const { id, title } of rows) if (titles.size < most && !titles.has(id)) titles.set(id, title);
  const urls = [...titles.keys()].map((id) =>
    apiUrl(`slos/${encodeURIComponent(id)}/compliance`, { by: 'month', periods: String(months) }),
  );
  return { urls, titles };
}
