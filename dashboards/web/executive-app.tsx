import { useMemo } from 'preact/hooks';
import { IncidentList } from '../../schemas/alerting/incident-answer.js';
import { CostAnswer } from '../../schemas/cost/attribution.js';
import { BudgetsAnswer, ForecastAnswer } from '../../schemas/cost/forecast.js';
import { DeploymentList } from '../../schemas/deployment.js';
import { FunctionList } from '../../schemas/functions.js';
import { ImpactList } from '../../schemas/impact.js';
import { SliAnswer } from '../../schemas/sli.js';
import { BudgetList } from '../../schemas/slo/budget-list.js';
import { afterAnswer, useAnswer } from './browser/use-answer.js';
import { useViewState } from './browser/use-view-state.js';
import { ExecutivePage } from './executive-page.js';
import { ViewShell } from './frame/view-shell.js';
import { costBasisOf } from './view/cost/cost-groups.js';
import { previousCostUrl } from './view/cost/cost-urls.js';
import { executiveUrls } from './view/executive/executive-urls.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';
import './styles/executive.css';

/** The frame around the page for whoever answers for it all. */
export function ExecutiveApp() {
  const [view, changeView] = useViewState('7d');
  const urls = useMemo(() => executiveUrls(view), [view]);
  // Reliability first, then money: all at once would crowd each other out.
  const success = useAnswer(urls.success, SliAnswer);
  const budgets = useAnswer(urls.budgets, BudgetList);
  const cost = useAnswer(afterAnswer(success, urls.cost), CostAnswer);
  const forecast = useAnswer(afterAnswer(budgets, urls.forecast), ForecastAnswer);
  const priced = cost.held.kind === 'held' ? cost.held.data : null;
  const previousUrl = priced === null ? null : previousCostUrl(view, priced, costBasisOf(''));
  const answers = {
    functions: useAnswer(urls.functions, FunctionList),
    impact: useAnswer(urls.impact, ImpactList),
    success,
    budgets,
    budgetsBefore: useAnswer(afterAnswer(budgets, urls.budgetsBefore), BudgetList),
    deployments: useAnswer(urls.deployments, DeploymentList),
    incidents: useAnswer(urls.incidents, IncidentList),
    cost,
    forecast,
    costBudgets: useAnswer(afterAnswer(forecast, urls.costBudgets), BudgetsAnswer),
  };
  // It follows the cost it is compared with, so it is not asked again by itself.
  const costBefore = useAnswer(previousUrl, CostAnswer);
  const shell = { page: 'executive', skipTo: 'the report', askEveryMs: 60_000 } as const;
  return (
    <ViewShell {...shell} view={view} changeView={changeView} answers={answers}>
      {(refreshAll) => (
        <ExecutivePage
          view={view}
          changeView={changeView}
          answers={{ ...answers, costBefore }}
          refreshAll={refreshAll}
        />
      )}
    </ViewShell>
  );
}
