import { useMemo } from 'preact/hooks';
import { IncidentList } from '../../schemas/alerting/incident-answer.js';
import { SilenceList } from '../../schemas/alerting/silence.js';
import { DeploymentList } from '../../schemas/deployment.js';
import { ErrorList } from '../../schemas/errors.js';
import { FunctionList } from '../../schemas/functions.js';
import { QueueList } from '../../schemas/queues.js';
import { SliAnswer } from '../../schemas/sli.js';
import { BudgetList } from '../../schemas/slo/budget-list.js';
import { useAnswer } from './browser/use-answer.js';
import { useViewState } from './browser/use-view-state.js';
import { ViewShell } from './frame/view-shell.js';
import { OnCallPage } from './oncall-page.js';
import { onCallRange } from './view/first-questions.js';
import { onCallUrls } from './view/oncall/oncall-urls.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';
import './styles/oncall.css';
import './styles/incidents.css';
import './styles/acts.css';

/** The frame around what somebody on call must know. */
export function OnCallApp() {
  const [view, changeView] = useViewState(onCallRange);
  const urls = useMemo(() => onCallUrls(view), [view]);
  const answers = {
    functions: useAnswer(urls.functions, FunctionList),
    failing: useAnswer(urls.failing, SliAnswer),
    queues: useAnswer(urls.queues, QueueList),
    deployments: useAnswer(urls.deployments, DeploymentList),
    errors: useAnswer(urls.errors, ErrorList),
    budgets: useAnswer(urls.budgets, BudgetList),
    incidents: useAnswer(urls.incidents, IncidentList),
    silences: useAnswer(urls.silences, SilenceList),
  };
  const shell = { page: 'oncall', skipTo: 'what burns', askEveryMs: 10_000 } as const;
  return (
    <ViewShell {...shell} view={view} changeView={changeView} answers={answers}>
      {(refreshAll) => (
        <OnCallPage view={view} changeView={changeView} answers={answers} refreshAll={refreshAll} />
      )}
    </ViewShell>
  );
}
