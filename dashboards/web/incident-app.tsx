import { useMemo } from 'preact/hooks';
import { IncidentDetail, IncidentList } from '../../schemas/alerting/incident-answer.js';
import { panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { usePolling } from './browser/use-polling.js';
import { Shell } from './frame/shell.js';
import { IncidentPage } from './incident-page.js';
import { FailedPanel } from './panels/failed-panel.js';
import { SignIn } from './panels/sign-in.js';
import { apiUrl } from './view/view-state.js';
import './styles/function.css';
import './styles/slo.css';
import './styles/oncall.css';
import './styles/incidents.css';
import './styles/acts.css';

const askEveryMs = 10_000;
const longAgoMs = 180 * 86_400_000;

/** The frame around one incident. */
export function IncidentApp() {
  const id = useMemo(() => idIn(location.pathname), []);
  const incident = useAnswer(apiUrl(`incidents/${encodeURIComponent(id)}`), IncidentDetail);
  const past = useAnswer(apiUrl('incidents', { windowMs: String(longAgoMs), limit: '1000' }), IncidentList);
  usePolling(askEveryMs, incident.refresh);
  return (
    <Shell page="incidents" skipTo="the incident">
      {body()}
    </Shell>
  );

  function body() {
    const { held, refresh } = incident;
    switch (held.kind) {
      case 'signed-out':
        return <SignIn />;
      case 'failed':
        return <FailedPanel title="This incident cannot be shown" failure={held.failure} retry={refresh} />;
      case 'loading':
        return (
          <section className="panel debug-panel" aria-busy="true" aria-label="Incident">
            <p className="unseen">Loading the incident…</p>
            <div className="debug-bones" aria-hidden="true">
              <span className="bone" />
              <span className="bone" />
              <span className="bone bone-small" />
            </div>
          </section>
        );
      case 'held':
        return (
          <IncidentPage
            incident={held.data}
            past={panelStateOf(past.held, () => null)}
            retryPast={past.refresh}
            changed={refresh}
          />
        );
    }
  }
}

function idIn(path: string): string {
  const encoded = path.slice('/incidents/'.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
