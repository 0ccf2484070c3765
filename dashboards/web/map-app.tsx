import { useMemo } from 'preact/hooks';
import { DependencyList } from '../../schemas/dependencies.js';
import { FunctionList } from '../../schemas/functions.js';
import { mapHeld } from './browser/map-held.js';
import { bothHeld, panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { useKept } from './browser/use-kept.js';
import { usePolling } from './browser/use-polling.js';
import { useSearchParam } from './browser/use-search-param.js';
import { useViewState } from './browser/use-view-state.js';
import { Shell } from './frame/shell.js';
import { ViewControls } from './frame/view-controls.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { CallMap } from './panels/map/call-map.js';
import { LinkTable } from './panels/map/link-table.js';
import { SignIn } from './panels/sign-in.js';
import { layoutMap } from './view/map/map-layout.js';
import { knownFunctions, mapSizes, mapSizeWords } from './view/map/map-shapes.js';
import { apiUrl, placeParamsOf, windowParamsOf } from './view/view-state.js';
import './styles/function.css';
import './styles/map.css';

const askEveryMs = 30_000;
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
  const functions = useAnswer(apiUrl('functions', { ...window, ...placeParamsOf(view) }), FunctionList);
  const refreshAll = () => {
    calls.refresh();
    functions.refresh();
  };
  usePolling(askEveryMs, refreshAll);
  const facets = useKept(functions.held);
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
  const signedOut = calls.held.kind === 'signed-out';
  return (
    <Shell
      page="map"
      skipTo="the map"
      controls={
        signedOut ? null : (
          <ViewControls
            url={view}
            changeUrl={changeView}
            facets={facets.kind === 'held' ? facets.data : null}
            live={null}
          />
        )
      }
    >
      {signedOut ? (
        <SignIn />
      ) : (
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
                  <CallMap layout={layout} known={known} size={size} range={view.range} />
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
    </Shell>
  );
}
