import { useMemo } from 'preact/hooks';
import { DeploymentList } from '../../schemas/deployment.js';
import { BudgetAnswer, LedgerAnswer } from '../../schemas/slo/budget-answer.js';
import { ComplianceAnswer } from '../../schemas/slo/compliance-answer.js';
import { SloAnswer } from '../../schemas/slo/slo-answer.js';
import { useAnswer } from './browser/use-answer.js';
import { useKept } from './browser/use-kept.js';
import { usePolling } from './browser/use-polling.js';
import { useSearchParam } from './browser/use-search-param.js';
import { useSettled } from './browser/use-settled.js';
import { Shell } from './frame/shell.js';
import { FailedPanel } from './panels/failed-panel.js';
import { SignIn } from './panels/sign-in.js';
import { SloPage } from './slo-page.js';
import { ledgerStepMs } from './view/slo/budget-curve.js';
import { sloIdIn } from './view/slo/slo-words.js';
import { triedFrom } from './view/slo/tried-definition.js';
import { apiUrl } from './view/view-state.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';
import './styles/oncall.css';
import './styles/acts.css';

const askEveryMs = 15_000;
const mostSteps = 300;

/** The frame around one objective. The scope and the objective tried out stand in the URL. */
export function SloApp() {
  const id = useMemo(() => sloIdIn(location.pathname), []);
  const [scope, setScope] = useSearchParam('scope');
  const [objective, setObjective] = useSearchParam('objective');
  const [under, setUnder] = useSearchParam('under');
  const tried = useMemo(() => triedFrom(objective, under), [objective, under]);
  const path = `slos/${encodeURIComponent(id)}`;
  const scoped = scope === '' ? {} : { scope };
  const slo = useAnswer(apiUrl(path), SloAnswer);
  const budget = useAnswer(apiUrl(`${path}/budget`, scoped), BudgetAnswer);
  const window = useKept(budget.held);
  const span =
    window.kind === 'held'
      ? { from: window.data.window.from, to: window.data.window.to, scope: window.data.scope }
      : null;
  const stepMs =
    span === null ? 60_000 : ledgerStepMs(Date.parse(span.to) - Date.parse(span.from), mostSteps);
  const ledger = useAnswer(
    span === null
      ? null
      : apiUrl(`${path}/ledger`, {
          from: span.from,
          to: span.to,
          step: `${stepMs / 60_000}m`,
          scope: span.scope,
        }),
    LedgerAnswer,
  );
  const deployments = useAnswer(
    span === null ? null : apiUrl('deployments', { from: span.from, to: span.to, limit: '200' }),
    DeploymentList,
  );
  const compliance = useAnswer(
    span === null ? null : apiUrl(`${path}/compliance`, { scope: span.scope }),
    ComplianceAnswer,
  );
  const events = useKept(ledger.held);
  const deployed = useKept(deployments.held);
  const asked = useSettled(tried, 250);
  usePolling(askEveryMs, budget.refresh);
  const refreshAll = () => {
    for (const one of [slo, budget, ledger, deployments, compliance]) one.refresh();
  };
  return (
    <Shell page="slos" skipTo="the objective">
      {body()}
    </Shell>
  );

  function body() {
    switch (slo.held.kind) {
      case 'signed-out':
        return <SignIn />;
      case 'failed':
        return (
          <FailedPanel title="This objective cannot be shown" failure={slo.held.failure} retry={refreshAll} />
        );
      case 'loading':
      case 'held':
        return (
          <SloPage
            id={id}
            slo={slo.held}
            budget={window}
            ledger={events}
            stepMs={stepMs}
            deployments={deployed}
            scope={scope}
            setScope={setScope}
            tried={tried}
            asked={asked}
            setTried={(next) => {
              setObjective(next.objective ?? '');
              setUnder(next.underMs === null ? '' : String(next.underMs));
            }}
            compliance={compliance}
            retry={refreshAll}
          />
        );
    }
  }
}
