import { useState } from 'preact/hooks';
import { useFunctions } from './browser/use-functions.js';
import { type LiveState, useLive } from './browser/use-live.js';
import { useUrlState } from './browser/use-url-state.js';
import { Shell } from './frame/shell.js';
import { ViewControls } from './frame/view-controls.js';
import { FunctionsPage } from './functions-page.js';
import { SignIn } from './panels/sign-in.js';

/** The frame around the page of functions: what is asked stands in the URL, what is answered is drawn by the page. */
export function FunctionsApp() {
  const [url, changeUrl] = useUrlState();
  const [following, setFollowing] = useState(true);
  const functions = useFunctions(url);
  const signedOut = functions.held.kind === 'signed-out';
  const live: LiveState = useLive(following && !signedOut, functions.refresh);
  const follow = (on: boolean) => {
    // Paused, nothing changes any more, not even by what was asked just before.
    if (!on) functions.hold();
    setFollowing(on);
  };
  const facets = functions.held.kind === 'held' ? functions.held.data : null;

  return (
    <Shell
      page="functions"
      skipTo="the functions"
      controls={
        signedOut ? null : (
          <ViewControls
            url={{ environment: url.environment, team: url.team, range: url.range }}
            changeUrl={changeUrl}
            facets={facets}
            live={{ state: live, setFollowing: follow }}
          />
        )
      }
    >
      {signedOut ? (
        <SignIn />
      ) : (
        <FunctionsPage url={url} changeUrl={changeUrl} functions={functions} live={live} />
      )}
    </Shell>
  );
}
