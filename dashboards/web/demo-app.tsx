import { Demo } from '../../schemas/demo.js';
import { panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { usePolling } from './browser/use-polling.js';
import { Shell } from './frame/shell.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { DemoFigures } from './panels/demo/demo-figures.js';
import { DemoIncidents } from './panels/demo/demo-incidents.js';
import { SignIn } from './panels/sign-in.js';
import './styles/function.css';
import './styles/slo.css';
import './styles/oncall.css';
import './styles/demo.css';

const askEveryMs = 5_000;

/** The demo fleet: what it sends, and incidents to start. */
export function DemoApp() {
  const { held, refresh } = useAnswer('/api/v1/demo', Demo);
  usePolling(askEveryMs, refresh);
  return (
    <Shell page={null} skipTo="the incidents">
      {held.kind === 'signed-out' ? (
        <SignIn />
      ) : (
        <>
          <h1 className="page-title">Demo fleet</h1>
          {held.kind === 'held' && <DemoFigures demo={held.data} />}
          <div className="debug">
            <DebugPanel
              name="demo-incidents"
              title="Incidents"
              note="each begins at the next full minute, and is told within a few"
              state={panelStateOf(held, () => null)}
              retry={refresh}
              heightRem={20}
            >
              {(demo) => <DemoIncidents demo={demo} nowMs={Date.now()} changed={refresh} />}
            </DebugPanel>
          </div>
        </>
      )}
    </Shell>
  );
}
