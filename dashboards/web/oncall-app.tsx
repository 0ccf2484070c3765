import { useMemo } from 'preact/hooks';
import { DeploymentList } from '../../schemas/deployment.js';
import { ErrorList } from '../../schemas/errors.js';
import { FunctionList } from '../../schemas/functions.js';
import { QueueList } from '../../schemas/queues.js';
import { SliAnswer } from '../../schemas/sli.js';
import { BudgetList } from '../../schemas/slo/budget-list.js';
import { useAnswer } from './browser/use-answer.js';
import { useKept } from './browser/use-kept.js';
import { usePolling } from './browser/use-polling.js';
import { useViewState } from './browser/use-view-state.js';
import { Shell } from './frame/shell.js';
import { ViewControls } from './frame/view-controls.js';
import { OnCallPage } from './oncall-page.js';
import { SignIn } from './panels/sign-in.js';
import { onCallUrls } from './view/oncall/oncall-urls.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';
import './styles/oncall.css';

const askEveryMs = 10_000;

/** The frame around what somebody on call must know. */
export function OnCallApp() {
  const [view, changeView] = useViewState('1h');
  const urls = useMemo(() => onCallUrls(view), [view]);
  const functions = useAnswer(urls.functions, FunctionList);
  const failing = useAnswer(urls.failing, SliAnswer);
  const queues = useAnswer(urls.queues, QueueList);
  const deployments = useAnswer(urls.deployments, DeploymentList);
  const errors = useAnswer(urls.errors, ErrorList);
  const budgets = useAnswer(urls.budgets, BudgetList);
  const all = [functions, failing, queues, deployments, errors, budgets];
  const refreshAll = () => {
    for (const one of all) one.refresh();
  };
  usePolling(askEveryMs, refreshAll);
  const facets = useKept(functions.held);
  const signedOut = functions.held.kind === 'signed-out';
  return (
    <Shell
      page="oncall"
      skipTo="what burns"
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
        <OnCallPage
          view={view}
          changeView={changeView}
          answers={{ functions, failing, queues, deployments, errors, budgets }}
          refreshAll={refreshAll}
        />
      )}
    </Shell>
  );
}
