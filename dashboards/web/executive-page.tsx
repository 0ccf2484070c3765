import { useMemo, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { IncidentList } from '../../schemas/alerting/incident-answer.js';
import type { CostAnswer } from '../../schemas/cost/attribution.js';
import type { BudgetsAnswer, ForecastAnswer } from '../../schemas/cost/forecast.js';
import type { DeploymentList } from '../../schemas/deployment.js';
import type { FunctionList } from '../../schemas/functions.js';
import type { ImpactList } from '../../schemas/impact.js';
import type { SliAnswer } from '../../schemas/sli.js';
import type { BudgetList } from '../../schemas/slo/budget-list.js';
import { ComplianceAnswer } from '../../schemas/slo/compliance-answer.js';
import { mapHeld } from './browser/map-held.js';
import { bothHeld, panelStateOf } from './browser/panel-state-of.js';
import { useAllAnswers } from './browser/use-all-answers.js';
import type { Held } from './browser/use-answer.js';
import { useNow } from './browser/use-now.js';
import type { ChangeView } from './browser/use-view-state.js';
import { ChartPanel } from './panels/chart/chart-panel.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { BudgetTrend } from './panels/executive/budget-trend.js';
import { BurnedPicture } from './panels/executive/burned-picture.js';
import { ComplianceMonths } from './panels/executive/compliance-months.js';
import { ExecutiveTiles } from './panels/executive/executive-tiles.js';
import { ImpactTable } from './panels/executive/impact-table.js';
import { MoneyTiles } from './panels/executive/money-tiles.js';
import { TeamTable } from './panels/executive/team-table.js';
import { StaleBanner } from './panels/stale-banner.js';
import { arrivingNotes } from './view/chart/arriving-note.js';
import { isEmptyChart } from './view/chart/chart-data.js';
import { dateTime } from './view/clock-time.js';
import { sharedCursor } from './view/debug/shared-cursor.js';
import { burnedRows, elapsedRatio } from './view/executive/burned-rows.js';
import { complianceUrls } from './view/executive/compliance-urls.js';
import { criticalFigures, impactRows, teamRows } from './view/executive/impact-rows.js';
import { successChart } from './view/executive/success-chart.js';
import { deploymentMarks } from './view/oncall/failing-chart.js';
import { budgetRows, summarizeBudgets } from './view/slo/budget-rows.js';
import type { ViewState } from './view/view-state.js';

type Answered<Data> = { held: Held<Data>; refresh: () => void };

export type ExecutivePageProps = {
  view: ViewState;
  changeView: ChangeView;
  answers: {
    success: Answered<z.infer<typeof SliAnswer>>;
    functions: Answered<FunctionList>;
    impact: Answered<ImpactList>;
    budgets: Answered<BudgetList>;
    budgetsBefore: Answered<BudgetList>;
    deployments: Answered<DeploymentList>;
    incidents: Answered<IncidentList>;
    cost: Answered<CostAnswer>;
    costBefore: Answered<CostAnswer>;
    forecast: Answered<ForecastAnswer>;
    costBudgets: Answered<BudgetsAnswer>;
  };
  refreshAll: () => void;
};

// What fits on one sheet of paper.
const mostFailing = 7;
const mostMonths = 6;
const everything = { text: '', owner: null, status: null };

/** Reliability on one page: is the promise kept, is it getting better, and where would mending help most. */
export function ExecutivePage({ view, changeView, answers, refreshAll }: ExecutivePageProps) {
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const cursor = sharedCursor(cursorMs, setCursorMs);
  const now = useNow(true);
  const { success, functions, impact, budgets, budgetsBefore, deployments } = answers;
  const { incidents, cost, costBefore, forecast, costBudgets } = answers;
  const rows = useMemo(
    () =>
      mapHeld(bothHeld(budgets.held, budgetsBefore.held), ([list, before]) =>
        budgetRows(list.budgets, before.budgets, { ...everything, owner: view.team }),
      ),
    [budgets.held, budgetsBefore.held, view.team],
  );
  const chart = useMemo(() => {
    const marks = deployments.held.kind === 'held' ? deploymentMarks(deployments.held.data.deployments) : [];
    return panelStateOf(
      mapHeld(success.held, (answer) => successChart(answer, marks)),
      (one) => (isEmptyChart(one) ? 'Nothing ran in this time.' : null),
    );
  }, [success.held, deployments.held]);
  const failing = useMemo(
    () =>
      mapHeld(bothHeld(impact.held, functions.held), ([lost, list]) =>
        impactRows(lost.functions, list.functions, mostFailing),
      ),
    [impact.held, functions.held],
  );
  const teams = useMemo(() => mapHeld(functions.held, (list) => teamRows(list.functions)), [functions.held]);
  const burned = useMemo(
    () =>
      mapHeld(bothHeld(budgets.held, costBudgets.held), ([list, money]) =>
        burnedRows(list.budgets, money.budgets, view.team),
      ),
    [budgets.held, costBudgets.held, view.team],
  );
  const worst = useMemo(() => (rows.kind === 'held' ? complianceUrls(rows.data, mostMonths) : null), [rows]);
  const compliance = useAllAnswers(worst?.urls ?? null, ComplianceAnswer);
  const stale = Object.values(answers).find(
    ({ held }) => held.kind === 'held' && held.failure !== null,
  )?.held;
  const isValued = impact.held.kind === 'held' && impact.held.data.isValued;
  const window = success.held.kind === 'held' ? success.held.data : null;
  return (
    <>
      {stale?.kind === 'held' && stale.failure !== null && (
        <StaleBanner failure={stale.failure} ageMs={Math.max(0, now - stale.receivedAt)} retry={refreshAll} />
      )}
      <header className="report-head">
        <h1>Reliability and cost</h1>
        <p className="aside">
          {window !== null && `${dateTime(Date.parse(window.from))} to ${dateTime(Date.parse(window.to))}`}
          {view.environment !== null && ` · ${view.environment === '' ? 'no environment' : view.environment}`}
          {view.team !== null && ` · ${view.team === '' ? 'no team' : view.team}`}
        </p>
        <button type="button" className="button small" onClick={() => print()}>
          Print
        </button>
      </header>
      <ExecutiveTiles
        success={success.held}
        critical={mapHeld(functions.held, (list) => criticalFigures(list.functions))}
        budgets={mapHeld(rows, summarizeBudgets)}
      />
      <MoneyTiles
        impact={impact.held}
        cost={cost.held}
        costBefore={costBefore.held}
        forecast={forecast.held}
        incidents={incidents.held}
      />
      <div className="debug">
        <ChartPanel
          name="success"
          title="Success rate"
          state={chart}
          notes={
            chart.kind === 'ready' && window !== null ? arrivingNotes(chart.data, Date.parse(window.to)) : []
          }
          retry={success.refresh}
          cursor={cursor}
          zoom={(fixed) => changeView({ fixed })}
        />
        <DebugPanel
          name="burned"
          title="Reliability against cost"
          note="of what was allowed: error budgets of their periods, money of the billing cycle"
          state={panelStateOf(burned, (list) =>
            list.length === 0
              ? 'Nothing is promised and no money is set aside: define objectives, and cost.budgets in coldburn.yaml.'
              : null,
          )}
          retry={refreshAll}
          heightRem={10}
        >
          {(list) => (
            <BurnedPicture
              rows={list}
              elapsedRatio={costBudgets.held.kind === 'held' ? elapsedRatio(costBudgets.held.data) : null}
            />
          )}
        </DebugPanel>
        <div className="debug-pair">
          <DebugPanel
            name="trend"
            title="Error budgets"
            note="change since this time began"
            state={panelStateOf(rows, (list) =>
              list.length === 0
                ? 'No objectives are defined. Write one into slos/ to see its budget here.'
                : null,
            )}
            retry={refreshAll}
            heightRem={12}
          >
            {(list) => <BudgetTrend rows={list} />}
          </DebugPanel>
          <DebugPanel
            name="months"
            title="Compliance by month"
            note="objectives that are worst off; the last month still runs"
            state={panelStateOf(compliance, (list) =>
              list.length === 0 ? 'No objectives are defined.' : null,
            )}
            retry={refreshAll}
            heightRem={10}
          >
            {(list) => <ComplianceMonths answers={list} titles={worst?.titles ?? new Map()} />}
          </DebugPanel>
        </div>
        <div className="debug-pair">
          <DebugPanel
            name="impact"
            title="Where mending helps most"
            note={isValued ? 'what failed for good, in dollars' : 'what failed for good'}
            state={panelStateOf(failing, (list) =>
              list.length === 0 ? 'Nothing failed in this time.' : null,
            )}
            retry={impact.refresh}
            heightRem={12}
          >
            {(list) => <ImpactTable rows={list} isValued={isValued} range={view.range} />}
          </DebugPanel>
          <DebugPanel
            name="teams"
            title="By team"
            note="least reliable first"
            state={panelStateOf(teams, (list) => (list.length === 0 ? 'Nothing ran in this time.' : null))}
            retry={functions.refresh}
            heightRem={12}
          >
            {(list) => <TeamTable rows={list} />}
          </DebugPanel>
        </div>
      </div>
    </>
  );
}
