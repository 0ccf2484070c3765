import { IngestStatus } from '../../schemas/ingest-status.js';
import { useAnswer } from './browser/use-answer.js';
import { useNow } from './browser/use-now.js';
import { usePolling } from './browser/use-polling.js';
import { Shell } from './frame/shell.js';
import { IngestPage } from './ingest-page.js';
import { SignIn } from './panels/sign-in.js';

const askEveryMs = 3000;

/** The frame around the page about what comes in. */
export function IngestApp() {
  const { held, refresh } = useAnswer('/api/v1/ingest', IngestStatus);
  usePolling(askEveryMs, refresh);
  const now = useNow(true);
  return (
    <Shell page="ingest" skipTo="the page">
      {held.kind === 'signed-out' ? <SignIn /> : <IngestPage held={held} now={now} refresh={refresh} />}
    </Shell>
  );
}
