import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { Heatmap } from '../../schemas/latency.js';
import { saveHeatPng } from './browser/draw-heat.js';
import { mapHeld } from './browser/map-held.js';
import { bothHeld, panelStateOf } from './browser/panel-state-of.js';
import { saveRowsCsv } from './browser/save-table.js';
import type { ChangeDebug } from './browser/use-debug-state.js';
import type { FunctionAnswers } from './browser/use-function-answers.js';
import { useNow } from './browser/use-now.js';
import { useRunCharts } from './browser/use-run-charts.js';
import { useVersionLatencies } from './browser/use-version-latencies.js';
import { InvocationsSection } from './invocations-section.js';
import { ChartNotes } from './panels/chart/chart-notes.js';
import { ChartPanel } from './panels/chart/chart-panel.js';
import { ContrastPanel } from './panels/debug/contrast-panel.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { DependenciesTable } from './panels/debug/dependencies-table.js';
import { ErrorGroups } from './panels/debug/error-groups.js';
import { HeadlineStrip } from './panels/debug/headline-strip.js';
import { HeatLegend } from './panels/debug/heat-legend.js';
import { HeatMap } from './panels/debug/heat-map.js';
import { QueuesTable } from './panels/debug/queues-table.js';
import { VersionsTable } from './panels/debug/versions-table.js';
import type { MenuItem } from './panels/menu.js';
import { StaleBanner } from './panels/stale-banner.js';
import { arrivingNotes } from './view/chart/arriving-note.js';
import { sampledNotes } from './view/chart/sampled-note.js';
import type { DebugState, FixedWindow } from './view/debug/debug-state.js';
import { versionLatencyUrl } from './view/debug/debug-urls.js';
import { headlineOf } from './view/debug/headline.js';
import { heatCsvRows } from './view/debug/heat-csv.js';
import { layerOf } from './view/debug/heat-grid.js';
import { outcomeChart } from './view/debug/outcome-chart.js';
import { outcomeSteps, outcomesText } from './view/debug/outcome-steps.js';
import { sharedCursor } from './view/debug/shared-cursor.js';
import { versionRows } from './view/debug/version-rows.js';
import { deploymentMarks } from './view/oncall/failing-chart.js';

export type FunctionPageProps = {
  name: string;
  url: DebugState;
  changeUrl: ChangeDebug;
  answers: FunctionAnswers;
  refreshAll: () => void;
};

const mostVersions = 8;
const nothingRan = 'Nothing of this function was invoked in this window.';

/** Everything about one function: what is wrong with it, since when, and the evidence. */
export function FunctionPage({ name, url, changeUrl, answers, refreshAll }: FunctionPageProps) {
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const cursor = sharedCursor(cursorMs, setCursorMs);
  const list = useRef<HTMLDivElement | null>(null);
  const showList = useCallback(() => list.current?.scrollIntoView({ block: 'start' }), []);
  const now = useNow(true);

  const { success, timeout, throttle, heatmap, errors, dependencies } = answers;
  const held = success.held;
  const toMs = held.kind === 'held' ? Date.parse(held.data.to) : 0;
  const windowMs = held.kind === 'held' ? toMs - Date.parse(held.data.from) : 1;
  const serverNowMs = held.kind === 'held' ? toMs + Math.max(0, now - held.receivedAt) : 0;
  const steps = useMemo(() => {
    const all = bothHeld(success.held, bothHeld(timeout.held, throttle.held));
    return mapHeld(all, ([one, [other, third]]) => outcomeSteps(one, other, third));
  }, [success.held, timeout.held, throttle.held]);
  const stepMs = held.kind === 'held' ? held.data.stepMs : 1;
  const versions = useMemo(
    () =>
      mapHeld(bothHeld(answers.versions.held, answers.versionsCold.held), ([one, other]) =>
        versionRows(one, other),
      ),
    [answers.versions.held, answers.versionsCold.held],
  );
  const rows = versions.kind === 'held' ? versions.data.slice(0, mostVersions) : [];
  const latencies = useVersionLatencies(rows.map(({ version }) => versionLatencyUrl(name, url, version)));
  const marks = useMemo(
    () =>
      answers.deployments.held.kind === 'held'
        ? deploymentMarks(answers.deployments.held.data.deployments)
        : [],
    [answers.deployments.held],
  );
  const outcomes = useMemo(
    () =>
      panelStateOf(
        mapHeld(steps, (all) => outcomeChart(all, stepMs, marks)),
        ({ series }) =>
          series.some(({ values }) => values.some((count) => (count ?? 0) > 0)) ? null : nothingRan,
      ),
    [steps, stepMs, marks],
  );
  const sampled = useMemo(
    () =>
      answers.functions.held.kind === 'held'
        ? sampledNotes(answers.functions.held.data.functions.filter((one) => one.function === name))
        : [],
    [answers.functions.held, name],
  );
  const zoom = useCallback((fixed: FixedWindow) => changeUrl({ fixed, listed: null }), [changeUrl]);
  const { cold, again, memory } = useRunCharts(answers, marks);
  const queues = mapHeld(answers.queues.held, (all) => all.queues.filter((one) => one.function === name));
  const stale = Object.values(answers).find((one) => one.held.kind === 'held' && one.held.failure !== null);

  return (
    <>
      {stale?.held.kind === 'held' && stale.held.failure !== null && (
        <StaleBanner
          failure={stale.held.failure}
          ageMs={Math.max(0, now - stale.held.receivedAt)}
          retry={refreshAll}
        />
      )}
      <HeadlineStrip
        state={panelStateOf(headline(name, answers), ({ invocations }) =>
          invocations === 0 ? nothingRan : null,
        )}
        windowMs={windowMs}
        retry={refreshAll}
      />
      <div className="debug">
        <DebugPanel
          name="latency"
          title="Latency"
          note={<HeatLegend url={url} changeUrl={changeUrl} />}
          above={<ChartNotes notes={sampled} />}
          state={panelStateOf(heatmap.held, ({ count }) =>
            count === 0 ? 'Nothing ran in this window.' : null,
          )}
          take={heatmap.held.kind === 'held' ? heatTakes(heatmap.held.data, url.cold) : []}
          retry={heatmap.refresh}
          heightRem={19}
        >
          {(map) => (
            <HeatMap
              map={map}
              marks={marks}
              url={url}
              changeUrl={changeUrl}
              cursor={cursor}
              showList={showList}
            />
          )}
        </DebugPanel>
        <ChartPanel
          name="outcomes"
          title="Invocations"
          state={outcomes}
          notes={outcomes.kind === 'ready' ? [...sampled, ...arrivingNotes(outcomes.data, toMs)] : []}
          retry={refreshAll}
          cursor={cursor}
          zoom={zoom}
          heightRem={7}
          {...(steps.kind === 'held' && { words: outcomesText(steps.data, stepMs) })}
        />
        <div className="debug-trio">
          <ChartPanel
            name="cold"
            title="Cold starts"
            state={cold}
            retry={refreshAll}
            cursor={cursor}
            zoom={zoom}
            heightRem={6}
          />
          <ChartPanel
            name="again"
            title="Retries and duplicates"
            state={again}
            retry={refreshAll}
            cursor={cursor}
            zoom={zoom}
            heightRem={6}
          />
          <ChartPanel
            name="memory"
            title="Memory used"
            state={memory}
            retry={answers.memory.refresh}
            cursor={cursor}
            zoom={zoom}
            heightRem={6}
          />
        </div>
        <ContrastPanel key={`${url.fixed?.fromMs} ${url.fixed?.toMs}`} name={name} url={url} />
        <div className="debug-pair">
          <DebugPanel
            name="errors"
            title="Errors"
            note="like ones together, most first"
            state={panelStateOf(errors.held, ({ groups }) =>
              groups.length === 0 ? 'No errors were raised in this window.' : null,
            )}
            retry={errors.refresh}
            heightRem={14}
          >
            {(groups) => (
              <ErrorGroups
                list={groups}
                serverNowMs={serverNowMs}
                url={url}
                changeUrl={changeUrl}
                showList={showList}
              />
            )}
          </DebugPanel>
          <div className="debug-stack">
            <DebugPanel
              name="versions"
              title="Versions"
              note="side by side, newest first"
              state={panelStateOf(versions, (all) => (all.length === 0 ? nothingRan : null))}
              retry={refreshAll}
              heightRem={8}
            >
              {() => (
                <VersionsTable
                  rows={rows}
                  latencyOf={(version) => latencies.get(versionLatencyUrl(name, url, version)) ?? null}
                  chosen={url.version}
                  changeUrl={changeUrl}
                />
              )}
            </DebugPanel>
            <DebugPanel
              name="dependencies"
              title="Dependencies"
              note="every version together"
              state={panelStateOf(dependencies.held, ({ edges }) =>
                edges.length === 0 ? 'No calls to or from anything are told in this window.' : null,
              )}
              retry={dependencies.refresh}
              heightRem={10}
            >
              {(edges) => <DependenciesTable list={edges} />}
            </DebugPanel>
            {(queues.kind !== 'held' || queues.data.length > 0) && (
              <DebugPanel
                name="queues"
                title="Queues"
                state={panelStateOf(queues, () => null)}
                retry={answers.queues.refresh}
                heightRem={5}
              >
                {(all) => <QueuesTable queues={all} />}
              </DebugPanel>
            )}
          </div>
        </div>
        <div ref={list} className="list-anchor">
          <InvocationsSection
            name={name}
            url={url}
            changeUrl={changeUrl}
            versions={versions.kind === 'held' ? versions.data.map(({ version }) => version) : []}
            errorTypes={
              errors.held.kind === 'held' ? [...new Set(errors.held.data.groups.map(({ type }) => type))] : []
            }
          />
        </div>
      </div>
    </>
  );
}

function headline(name: string, answers: FunctionAnswers) {
  const { success, coldStart, retry, duplicate, latency, functions } = answers;
  const counts = bothHeld(bothHeld(success.held, coldStart.held), bothHeld(retry.held, duplicate.held));
  return mapHeld(bothHeld(counts, latency.held), ([[[one, cold], [again, twice]], durations]) =>
    headlineOf(name, {
      success: one,
      coldStart: cold,
      retry: again,
      duplicate: twice,
      latency: durations,
      functions: functions.held.kind === 'held' ? functions.held.data : null,
    }),
  );
}

/** Ways to take the heat map along. */
function heatTakes(map: Heatmap, cold: boolean | null): MenuItem[] {
  const title = 'Latency';
  return [
    { label: 'Save as CSV', act: () => saveRowsCsv(title, heatCsvRows(map)) },
    { label: 'Save as PNG', act: () => saveHeatPng(title, map, layerOf(cold)) },
  ];
}
