import { useMemo } from 'preact/hooks';
import { DependencyList } from '../../schemas/dependencies.js';
import { FunctionList } from '../../schemas/functions.js';
import { BudgetList } from '../../schemas/slo/budget-list.js';
import { SloList } from '../../schemas/slo/slo-answer.js';
import { mapHeld } from './browser/map-held.js';
import { bothHeld, panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { useSearchParam } from './browser/use-search-param.js';
import { useViewState } from './browser/use-view-state.js';
import { ViewShell } from './frame/view-shell.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { CallMap } from './panels/map/call-map.js';
import { LinkTable } from './panels/map/link-table.js';
import { layoutMap } from './view/map/map-layout.js';
import {
  type Burned,
  burnedByFunction,
  knownFunctions,
  mapSizes,
  mapSizeWords,
} from './view/map/map-shapes.js';
import { apiUrl, placeParamsOf, windowParamsOf } from './view/view-state.js';
import './styles/function.css';
import './styles/map.css';

const mostNodes = 90;

/** Who calls whom. What the nodes are drawn by stands in the URL. */
export function MapApp() {
  const [view, changeView] = useViewState('1h');
  const [asked, setSize] = useSearchParam('size');
  const size = mapSizes.find((one) => one === asked) ?? 'invocations';
  const window = windowParamsOf(view);
  const environment: Record<string, string> =
    view.environment === null ? {} : { environment: view.environment };
  const calls = useAnswer(
    apiUrl('dependencies', { ...window, ...environment, limit: '500' }),
    DependencyList,
  );
  const functions = useAnswer(
    apiUrl('functions', { ...window, ...placeParamsOf(view), costs: String(size === 'cost') }),
    FunctionList,
  );
  // Objectives are asked for only while the nodes are drawn by them.
  const slos = useAnswer(size === 'budget' ? apiUrl('slos') : null, SloList);
  const budgets = useAnswer(size === 'budget' ? apiUrl('budgets') : null, BudgetList);
  const answers = { calls, functions };
  const burned = useMemo((): Burned => {
    if (functions.held.kind !== 'held' || slos.held.kind !== 'held' || budgets.held.kind !== 'held')
      return new Map();
    const names = [...new Set(functions.held.data.functions.map(({ function: name }) => name))];
    return burnedByFunction(names, slos.held.data.slos, budgets.held.data.budgets);
  }, [functions.held, slos.held, budgets.held]);
  const drawn = useMemo(
    () =>
      mapHeld(bothHeld(calls.held, functions.held), ([list, { functions: all }]) => {
        const names = new Set(all.map(({ function: name }) => name));
        const edges = view.team === null ? list.edges : list.edges.filter((one) => names.has(one.function));
        const flows = view.team === null ? list.flows : list.flows.filter((one) => names.has(one.from));
        return {
          layout: layoutMap({ edges, flows }, mostNodes),
          known: knownFunctions(all),
          truncated: list.truncated,
        };
      }),
    [calls.held, functions.held, view.team],
  );
  const state = panelStateOf(drawn, ({ layout }) =>
    layout.nodes.length === 0 ? 'No calls to or from anything are told in this window.' : null,
  );
  const shell = { page: 'map', skipTo: 'the map', askEveryMs: 30_000 } as const;
  return (
    <ViewShell {...shell} view={view} changeView={changeView} answers={answers}>
      {(refreshAll) => (
        <>
          <h1 className="unseen">Map</h1>
          <div className="debug">
            <DebugPanel
              name="map"
              title="Who calls whom"
              note={
                <fieldset className="ranges">
                  <legend className="unseen">Size of the nodes</legend>
                  {mapSizes.map((one) => (
                    <label key={one}>
                      <input
                        type="radio"
                        name="size"
                        checked={one === size}
                        onChange={() => setSize(one === 'invocations' ? '' : one)}
                      />
                      <span>{mapSizeWords[one]}</span>
                    </label>
                  ))}
                </fieldset>
              }
              state={state}
              retry={refreshAll}
              heightRem={30}
            >
              {({ layout, known, truncated }) => (
                <>
                  <CallMap layout={layout} known={known} burned={burned} size={size} range={view.range} />
                  {(truncated || layout.leftOut > 0) && (
                    <p className="aside debug-foot">
                      Only the busiest are drawn{layout.leftOut > 0 && `; ${layout.leftOut} are left out`}.
                    </p>
                  )}
                </>
              )}
            </DebugPanel>
            <DebugPanel
              name="links"
              title="Calls"
              note="most first"
              state={state}
              retry={refreshAll}
              heightRem={12}
            >
              {({ layout }) => <LinkTable layout={layout} />}
            </DebugPanel>
          </div>
        </>
      )}
    </ViewShell>
  );
}
