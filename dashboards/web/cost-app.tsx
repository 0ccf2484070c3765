import { useMemo } from 'preact/hooks';
import { AnomaliesAnswer } from '../../schemas/cost/anomalies.js';
import { CostAnswer } from '../../schemas/cost/attribution.js';
import { ChangesAnswer } from '../../schemas/cost/changes.js';
import { BudgetsAnswer, ForecastAnswer } from '../../schemas/cost/forecast.js';
import { RightsizingAnswer } from '../../schemas/cost/rightsizing.js';
import { WasteAnswer } from '../../schemas/cost/waste.js';
import { FunctionList } from '../../schemas/functions.js';
import { afterAnswer, useAnswer } from './browser/use-answer.js';
import { useKept } from './browser/use-kept.js';
import { useSearchParam } from './browser/use-search-param.js';
import { useViewState } from './browser/use-view-state.js';
import { CostPage } from './cost-page.js';
import { ViewShell } from './frame/view-shell.js';
import { costBasisOf, costGroupOf } from './view/cost/cost-groups.js';
import { costUrls, previousCostUrl } from './view/cost/cost-urls.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';
import './styles/executive.css';
import './styles/cost.css';

/** The frame around the page of what functions cost. */
export function CostApp() {
  const [view, changeView] = useViewState('7d');
  const [by, setBy] = useSearchParam('by');
  const [priced, setPriced] = useSearchParam('basis');
  const [open, setOpen] = useSearchParam('row');
  const group = costGroupOf(by);
  const basis = costBasisOf(priced);
  const urls = useMemo(() => costUrls(view, group, basis), [view, group, basis]);
  const cost = useAnswer(urls.cost, CostAnswer);
  const window = cost.held.kind === 'held' ? cost.held.data : null;
  // What the page is about comes first, then the rest a few at a time: all at once would crowd each other out.
  const forecast = useAnswer(afterAnswer(cost, urls.forecast), ForecastAnswer);
  const budgets = useAnswer(afterAnswer(cost, urls.budgets), BudgetsAnswer);
  const previousUrl = window === null ? null : previousCostUrl(view, window, basis);
  const previous = useAnswer(previousUrl, CostAnswer);
  const changes = useAnswer(afterAnswer(forecast, urls.changes), ChangesAnswer);
  const waste = useAnswer(afterAnswer(changes, urls.waste), WasteAnswer);
  const rightsizing = useAnswer(afterAnswer(waste, urls.rightsizing), RightsizingAnswer);
  const anomalies = useAnswer(afterAnswer(waste, urls.anomalies), AnomaliesAnswer);
  const functions = useAnswer(afterAnswer(cost, urls.functions), FunctionList);
  const previousKept = useKept(previous.held);
  const answers = { functions, cost, changes, waste, rightsizing, forecast, budgets, anomalies };
  const choose = {
    group: (id: string) => {
      setOpen('');
      setBy(id);
    },
    basis: setPriced,
    row: setOpen,
  };
  const shell = { page: 'cost', skipTo: 'the cost', askEveryMs: 60_000 } as const;
  return (
    <ViewShell {...shell} view={view} changeView={changeView} answers={answers}>
      {(refreshAll) => (
        <CostPage
          view={view}
          answers={{ ...answers, previous: { ...previous, held: previousKept } }}
          chosen={{ group, basis, row: open }}
          choose={choose}
          refreshAll={refreshAll}
        />
      )}
    </ViewShell>
  );
}
