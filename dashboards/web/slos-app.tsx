import { useMemo } from 'preact/hooks';
import { BudgetList } from '../../schemas/slo/budget-list.js';
import { SloList } from '../../schemas/slo/slo-answer.js';
import { useAnswer } from './browser/use-answer.js';
import { usePolling } from './browser/use-polling.js';
import { useSearchParam } from './browser/use-search-param.js';
import { useViewState } from './browser/use-view-state.js';
import { Shell } from './frame/shell.js';
import { ViewControls } from './frame/view-controls.js';
import { SignIn } from './panels/sign-in.js';
import { SlosPage } from './slos-page.js';
import './styles/function.css';
import './styles/chart.css';
import './styles/slo.css';

const askEveryMs = 15_000;
const dayMs = 86_400_000;

/** The frame around the list of objectives. */
export function SlosApp() {
  const [url, changeUrl] = useViewState('1h');
  const [text, setText] = useSearchParam('filter');
  const [status, setStatus] = useSearchParam('status');
  const budgets = useAnswer('/api/v1/budgets?limit=5000', BudgetList);
  const before = useAnswer(`/api/v1/budgets?limit=5000&agoMs=${dayMs}`, BudgetList);
  const slos = useAnswer('/api/v1/slos', SloList);
  usePolling(askEveryMs, budgets.refresh);
  usePolling(20 * askEveryMs, before.refresh);
  const held = budgets.held;
  const owners = useMemo(() => {
    const all = held.kind === 'held' ? held.data.budgets.map(({ owner }) => owner ?? '') : [];
    return [...new Set(all)].sort();
  }, [held]);
  const signedOut = held.kind === 'signed-out';
  const refreshAll = () => {
    for (const one of [budgets, before, slos]) one.refresh();
  };
  return (
    <Shell
      page="slos"
      skipTo="the objectives"
      controls={
        signedOut ? null : (
          <ViewControls
            url={{ environment: null, team: url.team }}
            changeUrl={changeUrl}
            facets={{ environments: [], teams: owners }}
            live={null}
          />
        )
      }
    >
      {signedOut ? (
        <SignIn />
      ) : (
        <SlosPage
          held={held}
          before={before.held}
          problems={slos.held.kind === 'held' ? slos.held.data.problems : []}
          keep={{ text, owner: url.team, status }}
          setText={setText}
          setStatus={setStatus}
          retry={refreshAll}
        />
      )}
    </Shell>
  );
}
