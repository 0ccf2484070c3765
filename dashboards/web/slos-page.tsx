import { useMemo } from 'preact/hooks';
import type { BudgetList } from '../../schemas/slo/budget-list.js';
import { saveRowsCsv } from './browser/save-table.js';
import type { Held } from './browser/use-answer.js';
import { useMedia } from './browser/use-media.js';
import { useNow } from './browser/use-now.js';
import { useRem } from './browser/use-rem.js';
import { useRowsInView } from './browser/use-rows-in-view.js';
import type { PanelState } from './panel-state.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { FilterField } from './panels/filter-field.js';
import { NoSlos } from './panels/slo/no-slos.js';
import { SloProblems } from './panels/slo/slo-problems.js';
import { SloSummary } from './panels/slo/slo-summary.js';
import { SloTable } from './panels/slo/slo-table.js';
import { StaleBanner } from './panels/stale-banner.js';
import { budgetCsvRows } from './view/list-csv.js';
import { type BudgetRow, budgetRows, summarizeBudgets } from './view/slo/budget-rows.js';
import { type BudgetStatus, statusWords } from './view/slo/slo-words.js';

export type SlosPageProps = {
  held: Held<BudgetList>;
  before: Held<BudgetList>;
  problems: readonly string[];
  keep: { text: string; owner: string | null; status: string };
  setText: (text: string) => void;
  setStatus: (status: string) => void;
  retry: () => void;
};

/** Heights of a row in rem, as in `styles/slo.css`. */
const rowRem = 3.375;
const phoneRowRem = 5.5;

/** Every objective, those that need somebody first. */
export function SlosPage({ held, before, problems, keep, setText, setStatus, retry }: SlosPageProps) {
  const now = useNow(true);
  const narrow = useMedia('(max-width: 47.99rem)');
  const status = isStatus(keep.status) ? keep.status : null;
  const list = held.kind === 'held' ? held.data : null;
  const earlier = before.kind === 'held' ? before.data.budgets : none;
  const all = useMemo(
    () => budgetRows(list?.budgets ?? none, earlier, { text: '', owner: keep.owner, status: null }),
    [list, earlier, keep.owner],
  );
  const rows = useMemo(
    () => budgetRows(list?.budgets ?? none, earlier, { ...keep, status }),
    [list, earlier, keep.text, keep.owner, status],
  );
  const { view, top } = useRowsInView(rows.length, useRem() * (narrow ? phoneRowRem : rowRem));
  if (list !== null && list.budgets.length === 0) return <NoSlos problems={problems} />;
  return (
    <>
      {held.kind === 'held' && held.failure !== null && (
        <StaleBanner failure={held.failure} ageMs={Math.max(0, now - held.receivedAt)} retry={retry} />
      )}
      <h1 className="unseen">SLOs</h1>
      <SloProblems problems={problems} />
      {held.kind !== 'failed' && (
        <SloSummary
          summary={list === null ? null : summarizeBudgets(all)}
          chosen={status}
          choose={(next) => setStatus(next ?? '')}
        />
      )}
      <DebugPanel
        name="slos"
        title="Objectives"
        note={
          <>
            {status !== null && (
              <button type="button" className="button small" onClick={() => setStatus('')}>
                {statusWords[status].label} <span aria-hidden="true">×</span>
                <span className="unseen">, show every status</span>
              </button>
            )}
            <FilterField label="Filter objectives" value={keep.text} change={setText} />
          </>
        }
        take={[{ label: 'Save as CSV', act: () => saveRowsCsv('Objectives', budgetCsvRows(rows)) }]}
        state={stateOf(held, rows)}
        retry={retry}
        heightRem={24}
      >
        {(ready) => (
          <>
            <SloTable rows={ready.slice(view.first, view.end)} view={view} total={ready.length} top={top} />
            {list?.truncated === true && (
              <p className="aside debug-foot">Only the {list.budgets.length} worst off are listed.</p>
            )}
          </>
        )}
      </DebugPanel>
    </>
  );
}

const none: BudgetList['budgets'] = [];

function isStatus(text: string): text is BudgetStatus {
  return text in statusWords;
}

function stateOf(held: Held<BudgetList>, rows: BudgetRow[]): PanelState<BudgetRow[], string> {
  switch (held.kind) {
    case 'held':
      return rows.length === 0
        ? { kind: 'no-data', nothing: 'No objective matches.' }
        : { kind: 'ready', data: rows };
    case 'failed':
      return { kind: 'failed', failure: held.failure };
    case 'loading':
    case 'signed-out':
      return { kind: 'loading' };
  }
}
