import { useMemo } from 'preact/hooks';
import { useDebugState } from './browser/use-debug-state.js';
import { useFunctionAnswers } from './browser/use-function-answers.js';
import { usePolling } from './browser/use-polling.js';
import { FunctionBar } from './frame/function-bar.js';
import { Shell } from './frame/shell.js';
import { FunctionPage } from './function-page.js';
import { SignIn } from './panels/sign-in.js';
import { functionNameIn } from './view/debug/debug-urls.js';
import './styles/chart.css';
import './styles/function.css';
import './styles/trace.css';
import './styles/invocations.css';

const askEveryMs = 15_000;

/** The frame around the page of one function. */
export function FunctionApp() {
  const name = useMemo(() => functionNameIn(location.pathname), []);
  const [url, changeUrl] = useDebugState();
  const { answers, refreshAll } = useFunctionAnswers(name, url);
  // What lies in a fixed window hardly changes.
  usePolling(url.fixed === null ? askEveryMs : 8 * askEveryMs, refreshAll);
  const signedOut = answers.success.held.kind === 'signed-out';
  return (
    <Shell page="functions" skipTo="the function">
      {signedOut ? (
        <SignIn />
      ) : (
        <>
          <FunctionBar name={name} url={url} changeUrl={changeUrl} functions={answers.functions.held} />
          <FunctionPage
            name={name}
            url={url}
            changeUrl={changeUrl}
            answers={answers}
            refreshAll={refreshAll}
          />
        </>
      )}
    </Shell>
  );
}
