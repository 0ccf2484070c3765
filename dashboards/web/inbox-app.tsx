import { InboxAnswer } from '../../schemas/alerting/notice-answers.js';
import { panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { usePolling } from './browser/use-polling.js';
import { useSearchParam } from './browser/use-search-param.js';
import { Shell } from './frame/shell.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { FilterField } from './panels/filter-field.js';
import { NoticeRows } from './panels/incidents/notice-list.js';
import { SignIn } from './panels/sign-in.js';
import { matchingNotices } from './view/incidents/notice-words.js';
import './styles/function.css';
import './styles/slo.css';
import './styles/inbox.css';

const askEveryMs = 10_000;

/** What people were told, as it stands in the inboxes of this installation. */
export function InboxApp() {
  const [text, setText] = useSearchParam('filter');
  const { held, refresh } = useAnswer('/api/v1/inbox?limit=200', InboxAnswer);
  usePolling(askEveryMs, refresh);
  const shown = held.kind === 'held' ? matchingNotices(held.data.notices, text) : [];
  return (
    <Shell page={null} skipTo="the notices">
      {held.kind === 'signed-out' ? (
        <SignIn />
      ) : (
        <>
          <h1 className="unseen">Inbox</h1>
          <div className="debug">
            <DebugPanel
              name="inbox"
              title="Inbox"
              note={<FilterField label="Filter notices" value={text} change={setText} />}
              state={panelStateOf(held, () =>
                shown.length > 0
                  ? null
                  : text !== ''
                    ? 'No notice matches.'
                    : 'Nobody was told anything in the last 30 days. A test from the settings arrives here too.',
              )}
              retry={refresh}
              heightRem={16}
            >
              {({ truncated }) => (
                <>
                  <NoticeRows notices={shown} />
                  {truncated && <p className="aside debug-foot">Only the latest 200 are listed.</p>}
                </>
              )}
            </DebugPanel>
          </div>
        </>
      )}
    </Shell>
  );
}
