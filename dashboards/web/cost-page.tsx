import { useMemo, useState } from 'preact/hooks';
import type { AnomaliesAnswer } from '../../schemas/cost/anomalies.js';
import type { CostAnswer } from '../../schemas/cost/attribution.js';
import type { ChangesAnswer } from '../../schemas/cost/changes.js';
import type { BudgetsAnswer, ForecastAnswer } from '../../schemas/cost/forecast.js';
import type { RightsizingAnswer } from '../../schemas/cost/rightsizing.js';
import type { WasteAnswer } from '../../schemas/cost/waste.js';
import { mapHeld } from './browser/map-held.js';
import { panelStateOf } from './browser/panel-state-of.js';
import type { Held } from './browser/use-answer.js';
import { useNow } from './browser/use-now.js';
import { ChartPanel } from './panels/chart/chart-panel.js';
import { AnomalyTable } from './panels/cost/anomaly-table.js';
import { BillBridge } from './panels/cost/bill-bridge.js';
import { BudgetTable } from './panels/cost/budget-table.js';
import { ChangesTable } from './panels/cost/changes-table.js';
import { CostNotes } from './panels/cost/cost-notes.js';
import { CostSwitch } from './panels/cost/cost-switch.js';
import { CostTable } from './panels/cost/cost-table.js';
import { CostTiles } from './panels/cost/cost-tiles.js';
import { SizeEvidence } from './panels/cost/size-evidence.js';
import { WasteTable } from './panels/cost/waste-table.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { StaleBanner } from './panels/stale-banner.js';
import { isEmptyChart } from './view/chart/chart-data.js';
import { dateTime, dayText } from './view/clock-time.js';
import { type CostBasisChoice, type CostGroup, costBases, costGroups } from './view/cost/cost-groups.js';
import { wasteLines } from './view/cost/cost-words.js';
import { daysChart } from './view/cost/days-chart.js';
import { sharedCursor } from './view/debug/shared-cursor.js';
import type { ViewState } from './view/view-state.js';

type Answered<Data> = { held: Held<Data>; refresh: () => void };

export type CostPageProps = {
  view: ViewState;
  answers: {
    cost: Answered<CostAnswer>;
    previous: Answered<CostAnswer>;
    changes: Answered<ChangesAnswer>;
    waste: Answered<WasteAnswer>;
    rightsizing: Answered<RightsizingAnswer>;
    forecast: Answered<ForecastAnswer>;
    budgets: Answered<BudgetsAnswer>;
    anomalies: Answered<AnomaliesAnswer>;
  };
  chosen: { group: CostGroup; basis: CostBasisChoice; row: string };
  choose: Record<'group' | 'basis' | 'row', (value: string) => void>;
  refreshAll: () => void;
};

const timeText = (from: string, to: string) => `${dateTime(Date.parse(from))} to ${dateTime(Date.parse(to))}`;
const nothingRan = 'Nothing ran in this time.';

/** What it costs, who it is for, why it changed, and what of it could be spared. */
export function CostPage({ view, answers, chosen, choose, refreshAll }: CostPageProps) {
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const now = useNow(true);
  const { cost, previous, changes, waste, rightsizing, forecast, budgets, anomalies } = answers;
  const chart = useMemo(() => mapHeld(forecast.held, daysChart), [forecast.held]);
  const lines = useMemo(() => mapHeld(waste.held, ({ rows }) => wasteLines(rows)), [waste.held]);
  const stale = Object.values(answers).find(
    ({ held }) => held.kind === 'held' && held.failure !== null,
  )?.held;
  const answer = cost.held.kind === 'held' ? cost.held.data : null;
  const compared = changes.held.kind === 'held' ? changes.held.data : null;
  const cycle = budgets.held.kind === 'held' ? budgets.held.data.cycle : null;
  return (
    <>
      {stale?.kind === 'held' && stale.failure !== null && (
        <StaleBanner failure={stale.failure} ageMs={Math.max(0, now - stale.receivedAt)} retry={refreshAll} />
      )}
      <header className="report-head">
        <h1>Cost</h1>
        <p className="aside">{answer !== null && timeText(answer.from, answer.to)}</p>
      </header>
      <CostTiles cost={cost.held} previous={previous.held} forecast={forecast.held} />
      <div className="debug">
        <DebugPanel
          name="cost"
          title="What it costs"
          note={
            <CostSwitch
              name="basis"
              legend="Basis of prices"
              options={costBases}
              chosen={chosen.basis.id}
              choose={choose.basis}
            />
          }
          above={
            <CostSwitch
              name="by"
              legend="Split by"
              options={costGroups}
              chosen={chosen.group.id}
              choose={choose.group}
            />
          }
          state={panelStateOf(cost.held, ({ rows }) =>
            rows.length === 0 ? `${nothingRan} Nothing is known to have cost anything.` : null,
          )}
          retry={cost.refresh}
          heightRem={18}
        >
          {(data) => (
            <>
              <CostTable
                answer={data}
                group={chosen.group}
                open={chosen.row}
                toggle={choose.row}
                range={view.range}
              />
              <CostNotes answer={data} />
            </>
          )}
        </DebugPanel>
        <DebugPanel
          name="changes"
          title="What changed, and why"
          note={
            compared !== null && `against ${timeText(compared.before.from, compared.before.to)}, list prices`
          }
          state={panelStateOf(changes.held, ({ rows }) =>
            rows.length === 0 ? 'Nothing ran in this time or in the time before.' : null,
          )}
          retry={changes.refresh}
          heightRem={12}
        >
          {(data) => <ChangesTable answer={data} />}
        </DebugPanel>
        <ChartPanel
          name="days"
          title="This billing cycle by day"
          state={panelStateOf(chart, (one) =>
            isEmptyChart(one) ? 'Nothing ran in this billing cycle.' : null,
          )}
          retry={forecast.refresh}
          cursor={sharedCursor(cursorMs, setCursorMs)}
          zoom={null}
        />
        <div className="debug-pair">
          <DebugPanel
            name="waste"
            title="Wasted"
            note="causes overlap, so they are not added up"
            state={panelStateOf(lines, (list) =>
              list.length === 0 ? 'No waste was found in this time.' : null,
            )}
            retry={waste.refresh}
            heightRem={12}
          >
            {(list) => <WasteTable lines={list} range={view.range} />}
          </DebugPanel>
          <div className="debug-stack">
            <DebugPanel
              name="anomalies"
              title="Running away"
              note="last quarter of an hour against the day before"
              state={panelStateOf(anomalies.held, (data) =>
                data.anomalies.length === 0 ? 'No function costs twice what it did the day before.' : null,
              )}
              retry={anomalies.refresh}
              heightRem={4}
            >
              {(data) => <AnomalyTable rows={data.anomalies} range={view.range} />}
            </DebugPanel>
            <DebugPanel
              name="budgets"
              title="Budgets"
              note={
                cycle !== null &&
                `${dayText(Date.parse(cycle.from), 'UTC')} to ${dayText(Date.parse(cycle.to) - 1, 'UTC')}`
              }
              state={panelStateOf(budgets.held, (data) =>
                data.budgets.length === 0
                  ? 'No budgets are set. Name them under cost.budgets in coldburn.yaml.'
                  : null,
              )}
              retry={budgets.refresh}
              heightRem={4}
            >
              {(data) => <BudgetTable rows={data.budgets} />}
            </DebugPanel>
          </div>
        </div>
        <DebugPanel
          name="sizes"
          title="Memory sizes that cost less"
          note="judged only by sizes that really ran"
          state={panelStateOf(rightsizing.held, ({ rows }) => (rows.length === 0 ? nothingRan : null))}
          retry={rightsizing.refresh}
          heightRem={10}
        >
          {({ rows }) => <SizeEvidence rows={rows} range={view.range} />}
        </DebugPanel>
        <BillBridge />
      </div>
    </>
  );
}
