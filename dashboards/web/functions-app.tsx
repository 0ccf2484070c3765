import { useState } from 'preact/hooks';
import { Installation } from '../../schemas/installation.js';
import { useAnswer } from './browser/use-answer.js';
import { useFunctions } from './browser/use-functions.js';
import { type LiveState, useLive } from './browser/use-live.js';
import { useUrlState } from './browser/use-url-state.js';
import { TopBar } from './frame/top-bar.js';
import { FunctionsPage } from './functions-page.js';
import { SignIn } from './panels/sign-in.js';

/** The frame around the page of functions: what is asked stands in the URL, what is answered is drawn by the page. */
export function FunctionsApp() {
  const [url, changeUrl] = useUrlState();
  const [following, setFollowing] = useState(true);
  const functions = useFunctions(url);
  const installation = useAnswer('/api/v1/installation', Installation);
  const signedOut = functions.held.kind === 'signed-out';
  const live: LiveState = useLive(following && !signedOut, functions.refresh);
  const facets = functions.held.kind === 'held' ? functions.held.data : null;

  const refreshAll = () => {
    functions.refresh();
    installation.refresh();
  };

  return (
    <>
      <a className="skip" href="#main">
        Skip to the functions
      </a>
      <TopBar
        page="functions"
        tenant={installation.held.kind === 'held' ? installation.held.data.tenant : null}
        controls={{ url, changeUrl, facets, live, setFollowing, signedOut }}
      />
      <main id="main" tabIndex={-1}>
        {signedOut ? (
          <SignIn signedIn={refreshAll} />
        ) : (
          <FunctionsPage
            url={url}
            changeUrl={changeUrl}
            functions={functions}
            installation={installation.held.kind === 'held' ? installation.held.data : null}
            live={live}
          />
        )}
      </main>
    </>
  );
}
