import { useMemo } from 'preact/hooks';
import { DeploymentList } from '../../schemas/deployment.js';
import { FunctionList } from '../../schemas/functions.js';
import { SliAnswer } from '../../schemas/sli.js';
import { BudgetList } from '../../schemas/slo/budget-list.js';
import { useAnswer } from './browser/use-answer.js';
import { useKept } from './browser/use-kept.js';
import { usePolling } from './browser/use-polling.js';
import { useViewState } from './browser/use-view-state.js';
import { ExecutivePage } from './executive-page.js';
import { Shell } from './frame/shell.js';
import { ViewControls } from './frame/view-controls.js';
import { SignIn } from './panels/sign-in.js';
import { executiveUrls } from './view/executive/executive-urls.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';
import './styles/executive.css';

const askEveryMs = 60_000;

/** The frame around the page for whoever answers for it all. */
export function ExecutiveApp() {
  const [view, changeView] = useViewState('7d');
  const urls = useMemo(() => executiveUrls(view), [view]);
  const success = useAnswer(urls.success, SliAnswer);
  const functions = useAnswer(urls.functions, FunctionList);
  const budgets = useAnswer(urls.budgets, BudgetList);
  const budgetsBefore = useAnswer(urls.budgetsBefore, BudgetList);
  const deployments = useAnswer(urls.deployments, DeploymentList);
  const answers = { success, functions, budgets, budgetsBefore, deployments };
  const refreshAll = () => {
    for (const one of Object.values(answers)) one.refresh();
  };
  usePolling(askEveryMs, refreshAll);
  const facets = useKept(functions.held);
  const signedOut = functions.held.kind === 'signed-out';
  return (
    <Shell
      page="executive"
      skipTo="the report"
      tenant={null}
      controls={
        signedOut ? null : (
          <ViewControls
            url={view}
            changeUrl={changeView}
            facets={facets.kind === 'held' ? facets.data : null}
            live={null}
          />
        )
      }
    >
      {signedOut ? (
        <SignIn signedIn={refreshAll} />
      ) : (
        <ExecutivePage view={view} changeView={changeView} answers={answers} refreshAll={refreshAll} />
      )}
    </Shell>
  );
}
