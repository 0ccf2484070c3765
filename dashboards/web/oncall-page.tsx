import { useMemo, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { IncidentList } from '../../schemas/alerting/incident-answer.js';
import type { SilenceList } from '../../schemas/alerting/silence.js';
import type { DeploymentList } from '../../schemas/deployment.js';
import type { ErrorList } from '../../schemas/errors.js';
import type { FunctionList } from '../../schemas/functions.js';
import type { QueueList } from '../../schemas/queues.js';
import type { SliAnswer } from '../../schemas/sli.js';
import type { BudgetList } from '../../schemas/slo/budget-list.js';
import { mapHeld } from './browser/map-held.js';
import { bothHeld, panelStateOf } from './browser/panel-state-of.js';
import type { Held } from './browser/use-answer.js';
import { useNow } from './browser/use-now.js';
import type { ChangeView } from './browser/use-view-state.js';
import { ChartPanel } from './panels/chart/chart-panel.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { QueuesTable } from './panels/debug/queues-table.js';
import { IncidentRows } from './panels/incidents/incident-rows.js';
import { RowActs } from './panels/incidents/row-acts.js';
import { SilenceRows } from './panels/incidents/silence-list.js';
import { BurningList } from './panels/oncall/burning-list.js';
import { DeploymentRows } from './panels/oncall/deployment-list.js';
import { ErrorRows } from './panels/oncall/error-rows.js';
import { OnCallHead } from './panels/oncall/oncall-head.js';
import { PressureTable } from './panels/oncall/pressure-table.js';
import { WarningList } from './panels/oncall/warning-list.js';
import { StaleBanner } from './panels/stale-banner.js';
import { arrivingNotes } from './view/chart/arriving-note.js';
import { sampledNotes } from './view/chart/sampled-note.js';
import { sharedCursor } from './view/debug/shared-cursor.js';
import { sortIncidents } from './view/incidents/incident-words.js';
import { deploymentMarks, failingChart } from './view/oncall/failing-chart.js';
import { pressureRows } from './view/oncall/pressure-rows.js';
import { waitingQueues } from './view/oncall/waiting-queues.js';
import { warningsOf } from './view/oncall/warnings.js';
import { summarizeFunctions } from './view/summarize-functions.js';
import type { ViewState } from './view/view-state.js';

type Answered<Data> = { held: Held<Data>; refresh: () => void };

export type OnCallPageProps = {
  view: ViewState;
  changeView: ChangeView;
  answers: {
    functions: Answered<FunctionList>;
    failing: Answered<z.infer<typeof SliAnswer>>;
    queues: Answered<z.infer<typeof QueueList>>;
    deployments: Answered<DeploymentList>;
    errors: Answered<ErrorList>;
    budgets: Answered<BudgetList>;
    incidents: Answered<IncidentList>;
    silences: Answered<z.infer<typeof SilenceList>>;
  };
  refreshAll: () => void;
};

const mostIncidents = 8;
const mostPressed = 7;
const urgent = new Set(['burning', 'exhausted', 'broken', 'telemetry-lost']);

/** What burns now, what fails, what changed: the first look at three in the morning. */
export function OnCallPage({ view, changeView, answers, refreshAll }: OnCallPageProps) {
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const cursor = sharedCursor(cursorMs, setCursorMs);
  const now = useNow(true);
  const { functions, failing, queues, deployments, errors, budgets, incidents, silences } = answers;
  const burning = useMemo(
    () => mapHeld(budgets.held, (list) => list.budgets.filter(({ status }) => urgent.has(status))),
    [budgets.held],
  );
  const open = useMemo(
    () =>
      mapHeld(incidents.held, (list) =>
        sortIncidents(
          list.incidents.filter(({ parentId, labels }) => {
            const isHere =
              view.environment === null || (labels.environment ?? view.environment) === view.environment;
            const isTheirs = view.team === null || (labels.team ?? labels.owner ?? view.team) === view.team;
            return parentId === null && isHere && isTheirs;
          }),
        ),
      ),
    [incidents.held, view.environment, view.team],
  );
  const summary = useMemo(
    () => mapHeld(functions.held, (list) => summarizeFunctions(list.functions)),
    [functions.held],
  );
  const warnings = useMemo(
    () =>
      mapHeld(bothHeld(functions.held, queues.held), ([list, queued]) =>
        warningsOf(list.functions, queued.queues),
      ),
    [functions.held, queues.held],
  );
  const pressed = useMemo(
    () => mapHeld(functions.held, (list) => pressureRows(list.functions, mostPressed)),
    [functions.held],
  );
  const waiting = useMemo(() => mapHeld(queues.held, (list) => waitingQueues(list.queues)), [queues.held]);
  const sampled = functions.held.kind === 'held' ? sampledNotes(functions.held.data.functions) : [];
  const failures = useMemo(() => {
    const marks = deployments.held.kind === 'held' ? deploymentMarks(deployments.held.data.deployments) : [];
    return panelStateOf(
      mapHeld(failing.held, (answer) => failingChart(answer, marks)),
      ({ series }) => (series.length === 0 ? 'Nothing failed in this window.' : null),
    );
  }, [failing.held, deployments.held]);
  const deployed = deployments.held;
  const serverNowMs =
    deployed.kind === 'held' ? Date.parse(deployed.data.to) + Math.max(0, now - deployed.receivedAt) : 0;
  const stale = Object.values(answers).find(
    ({ held }) => held.kind === 'held' && held.failure !== null,
  )?.held;
  const truncated = functions.held.kind === 'held' && functions.held.data.truncated;
  return (
    <>
      {stale?.kind === 'held' && stale.failure !== null && (
        <StaleBanner failure={stale.failure} ageMs={Math.max(0, now - stale.receivedAt)} retry={refreshAll} />
      )}
      <OnCallHead
        incidents={open}
        burning={burning}
        known={budgets.held}
        summary={summary}
        warnings={warnings}
      />
      <div className="debug">
        {!(open.kind === 'held' && open.data.length === 0) && (
          <DebugPanel
            name="open-incidents"
            title="Open incidents"
            note="pages before tickets, the longest first"
            state={panelStateOf(open, () => null)}
            retry={incidents.refresh}
            heightRem={8}
          >
            {(list) => (
              <>
                <IncidentRows
                  incidents={list.slice(0, mostIncidents)}
                  serverNowMs={serverNowMs}
                  acts={(incident) => <RowActs incident={incident} changed={refreshAll} />}
                />
                {list.length > mostIncidents && (
                  <p className="aside debug-foot">
                    And {list.length - mostIncidents} more on the page of <a href="/incidents">incidents</a>.
                  </p>
                )}
              </>
            )}
          </DebugPanel>
        )}
        {!(burning.kind === 'held' && burning.data.length === 0) && (
          <DebugPanel
            name="burning"
            title="Burning now"
            note="exhausted first, then what lasts least"
            state={panelStateOf(burning, () => null)}
            retry={budgets.refresh}
            heightRem={8}
          >
            {(list) => <BurningList budgets={list} />}
          </DebugPanel>
        )}
        <ChartPanel
          name="failures"
          title="Failures by function"
          state={failures}
          notes={[
            ...(truncated
              ? [{ kind: 'partial' as const, text: 'Only the busiest functions are summed' }]
              : []),
            ...(failures.kind === 'ready' ? sampled : []),
            ...(failures.kind === 'ready' && failing.held.kind === 'held'
              ? arrivingNotes(failures.data, Date.parse(failing.held.data.to))
              : []),
          ]}
          retry={failing.refresh}
          cursor={cursor}
          zoom={(fixed) => changeView({ fixed })}
        />
        <div className="debug-pair">
          <div className="debug-stack">
            <DebugPanel
              name="warnings"
              title="Also worth knowing"
              state={panelStateOf(warnings, (list) =>
                list.length === 0
                  ? 'No dead letters, no throttling, no old messages, no missing telemetry.'
                  : null,
              )}
              retry={refreshAll}
              heightRem={8}
            >
              {(list) => <WarningList warnings={list} range={view.range} />}
            </DebugPanel>
            <DebugPanel
              name="deployments"
              title="What changed"
              note="newest first"
              state={panelStateOf(deployed, (list) =>
                list.deployments.length === 0 ? 'No deployment in this window.' : null,
              )}
              retry={deployments.refresh}
              heightRem={8}
            >
              {(list) => <DeploymentRows deployments={list.deployments} serverNowMs={serverNowMs} />}
            </DebugPanel>
            <DebugPanel
              name="silences"
              title="Silences"
              note="in force and to come"
              state={panelStateOf(silences.held, (list) =>
                list.silences.length === 0 ? 'Nothing is silenced.' : null,
              )}
              retry={silences.refresh}
              heightRem={4}
            >
              {(list) => (
                <SilenceRows silences={list.silences} nowMs={serverNowMs} changed={silences.refresh} />
              )}
            </DebugPanel>
          </div>
          <div className="debug-stack">
            <DebugPanel
              name="errors"
              title="Errors"
              note="new ones first"
              state={panelStateOf(errors.held, ({ groups }) =>
                groups.length === 0 ? 'No errors were raised in this window.' : null,
              )}
              retry={errors.refresh}
              heightRem={16}
            >
              {(list) => <ErrorRows list={list} range={view.range} />}
            </DebugPanel>
          </div>
        </div>
        <div className="debug-pair">
          <DebugPanel
            name="queues"
            title="Queues"
            note="letters given up first, then the oldest"
            state={panelStateOf(waiting, (list) =>
              list.length === 0 ? 'Nothing waits in any queue.' : null,
            )}
            retry={queues.refresh}
            heightRem={8}
          >
            {(list) => <QueuesTable queues={list.slice(0, mostPressed)} />}
          </DebugPanel>
          <DebugPanel
            name="pressure"
            title="Concurrency and throttling"
            note="most throttled first"
            state={panelStateOf(pressed, (list) =>
              list.length === 0 ? 'Nothing is known of how many ran at once.' : null,
            )}
            retry={functions.refresh}
            heightRem={8}
          >
            {(list) => <PressureTable rows={list} range={view.range} />}
          </DebugPanel>
        </div>
      </div>
    </>
  );
}
