import { roleAllows } from '../../schemas/access.js';
import { OnCallAnswer, ReceiverList } from '../../schemas/alerting/notice-answers.js';
import { RoutingAnswer } from '../../schemas/alerting/routing-answer.js';
import { SilenceList } from '../../schemas/alerting/silence.js';
import { ApiKeys } from '../../schemas/api-key.js';
import { BookAnswer } from '../../schemas/cost/book-answer.js';
import { Installation } from '../../schemas/installation.js';
import { Session } from '../../schemas/session.js';
import { SloList } from '../../schemas/slo/slo-answer.js';
import { panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { Shell } from './frame/shell.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { SilenceRows } from './panels/incidents/silence-list.js';
import { InstallationFacts } from './panels/settings/installation-facts.js';
import { KeyList } from './panels/settings/key-list.js';
import { NewKey } from './panels/settings/new-key.js';
import { NewSilence } from './panels/settings/new-silence.js';
import { OnCallRows } from './panels/settings/on-call-list.js';
import { PriceBookTable } from './panels/settings/price-book.js';
import { ReceiverRows } from './panels/settings/receiver-list.js';
import { RouteRows } from './panels/settings/route-list.js';
import { SloFileList } from './panels/settings/slo-file-list.js';
import { SignIn } from './panels/sign-in.js';
import './styles/function.css';
import './styles/slo.css';
import './styles/oncall.css';
import './styles/acts.css';
import './styles/settings.css';

/** What this installation is set to, and what may be changed while it runs. */
export function SettingsApp() {
  const installation = useAnswer('/api/v1/installation', Installation);
  const session = useAnswer('/api/v1/session', Session);
  const slos = useAnswer('/api/v1/slos', SloList);
  const silences = useAnswer('/api/v1/silences', SilenceList);
  const receivers = useAnswer('/api/v1/receivers', ReceiverList);
  const routing = useAnswer('/api/v1/routing', RoutingAnswer);
  const onCall = useAnswer('/api/v1/oncall', OnCallAnswer);
  const book = useAnswer('/api/v1/cost/prices', BookAnswer);
  const role = session.held.kind === 'held' ? session.held.data.role : null;
  const mayKeys = role !== null && roleAllows(role, 'admin');
  const mayOperate = role !== null && roleAllows(role, 'operator');
  // Asked only by who may: a refusal is no answer to show.
  const keys = useAnswer(mayKeys ? '/api/v1/keys' : null, ApiKeys);
  const refreshAll = () => {
    for (const one of [installation, session, slos, keys, silences, receivers]) one.refresh();
  };
  const signedOut = session.held.kind === 'signed-out';
  return (
    <Shell page="settings" skipTo="the settings">
      {signedOut ? (
        <SignIn />
      ) : (
        <>
          <h1 className="page-title">Settings</h1>
          <div className="debug">
            <div className="debug-pair">
              <div className="debug-stack">
                <DebugPanel
                  name="installation"
                  title="Installation"
                  state={panelStateOf(installation.held, () => null)}
                  retry={refreshAll}
                  heightRem={10}
                >
                  {(facts) => <InstallationFacts facts={facts} role={role} />}
                </DebugPanel>
                <DebugPanel
                  name="oncall"
                  title="On call now"
                  state={panelStateOf(onCall.held, ({ schedules }) =>
                    schedules.length === 0
                      ? 'No schedules. Name them under alerting.schedules in coldburn.yaml.'
                      : null,
                  )}
                  retry={onCall.refresh}
                  heightRem={4}
                >
                  {(answer) => <OnCallRows onCall={answer} />}
                </DebugPanel>
                <DebugPanel
                  name="silences"
                  title="Silences"
                  note="of the last week, in force first"
                  above={mayOperate && <NewSilence made={silences.refresh} />}
                  state={panelStateOf(silences.held, ({ silences: all }) =>
                    all.length === 0 ? 'Nothing is silenced.' : null,
                  )}
                  retry={silences.refresh}
                  heightRem={5}
                >
                  {({ silences: all }) => (
                    <SilenceRows silences={all} nowMs={Date.now()} changed={silences.refresh} />
                  )}
                </DebugPanel>
              </div>
              <DebugPanel
                name="slo-files"
                title="Objectives"
                note="where each is defined"
                state={panelStateOf(slos.held, ({ slos: all, problems }) =>
                  all.length === 0 && problems.length === 0 ? 'No objectives are defined.' : null,
                )}
                retry={slos.refresh}
                heightRem={10}
              >
                {(list) => <SloFileList list={list} />}
              </DebugPanel>
            </div>
            <div className="debug-pair">
              <DebugPanel
                name="receivers"
                title="Receivers"
                note={<a href="/inbox">Read the inbox</a>}
                state={panelStateOf(receivers.held, () => null)}
                retry={receivers.refresh}
                heightRem={10}
              >
                {({ receivers: all }) => <ReceiverRows receivers={all} />}
              </DebugPanel>
              <DebugPanel
                name="routes"
                title="Routes"
                note="the first that matches decides"
                state={panelStateOf(routing.held, () => null)}
                retry={routing.refresh}
                heightRem={6}
              >
                {(answer) => <RouteRows routing={answer} />}
              </DebugPanel>
            </div>
            <DebugPanel
              name="keys"
              title="API keys"
              note="of this tenant"
              above={mayKeys && <NewKey isFirst={isFirst()} created={refreshAll} />}
              state={
                role !== null && !mayKeys
                  ? {
                      kind: 'no-data',
                      nothing: `Only admins see and make keys; you are signed in as ${role}.`,
                    }
                  : panelStateOf(keys.held, ({ keys: all }) =>
                      all.length === 0
                        ? 'No keys yet: everybody who reaches this address on loopback may do everything.'
                        : null,
                    )
              }
              retry={refreshAll}
              heightRem={8}
            >
              {({ keys: all }) => <KeyList keys={all} changed={refreshAll} />}
            </DebugPanel>
            <DebugPanel
              name="prices"
              title="Price book"
              note={book.held.kind === 'held' && book.held.data.priceBook}
              state={panelStateOf(book.held, () => null)}
              retry={book.refresh}
              heightRem={10}
            >
              {(answer) => <PriceBookTable book={answer} />}
            </DebugPanel>
          </div>
        </>
      )}
    </Shell>
  );

  function isFirst(): boolean {
    return keys.held.kind === 'held' && keys.held.data.keys.every(({ revokedAt }) => revokedAt !== null);
  }
}
