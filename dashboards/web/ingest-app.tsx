import { IngestStatus } from '../../schemas/ingest-status.js';
import { useAnswer } from './browser/use-answer.js';
import { useNow } from './browser/use-now.js';
import { usePolling } from './browser/use-polling.js';
import { TopBar } from './frame/top-bar.js';
import { IngestPage } from './ingest-page.js';
import { SignIn } from './panels/sign-in.js';

const askEveryMs = 3000;

/** The frame around the page about what comes in. */
export function IngestApp() {
  const { held, refresh } = useAnswer('/api/v1/ingest', IngestStatus);
  usePolling(askEveryMs, refresh);
  const now = useNow(true);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <TopBar page="ingest" tenant={held.kind === 'held' ? held.data.tenant : null} controls={null} />
      <main id="main" tabIndex={-1}>
        {held.kind === 'signed-out' ? (
          <SignIn signedIn={refresh} />
        ) : (
          <IngestPage held={held} now={now} refresh={refresh} />
        )}
      </main>
    </>
  );
}
