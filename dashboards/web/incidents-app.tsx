import { useMemo } from 'preact/hooks';
import { IncidentList } from '../../schemas/alerting/incident-answer.js';
import { mapHeld } from './browser/map-held.js';
import { panelStateOf } from './browser/panel-state-of.js';
import { useAnswer } from './browser/use-answer.js';
import { usePolling } from './browser/use-polling.js';
import { useSearchParam } from './browser/use-search-param.js';
import { Shell } from './frame/shell.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { Figure } from './panels/figure.js';
import { FilterField } from './panels/filter-field.js';
import { IncidentRows } from './panels/incidents/incident-rows.js';
import { SignIn } from './panels/sign-in.js';
import { Tile } from './panels/tile.js';
import { durationText, sortIncidents } from './view/incidents/incident-words.js';
import { apiUrl } from './view/view-state.js';
import './styles/function.css';
import './styles/slo.css';
import './styles/oncall.css';
import './styles/incidents.css';

const askEveryMs = 10_000;
const dayMs = 86_400_000;

const spans = [
  { id: '', label: '7 d', days: 7 },
  { id: '30d', label: '30 d', days: 30 },
  { id: '90d', label: '90 d', days: 90 },
] as const;

/** Every incident of a time, those that are open first. */
export function IncidentsApp() {
  const [text, setText] = useSearchParam('filter');
  const [state, setState] = useSearchParam('state');
  const [span, setSpan] = useSearchParam('span');
  const days = spans.find(({ id }) => id === span)?.days ?? 7;
  const { held, refresh } = useAnswer(
    apiUrl('incidents', {
      windowMs: String(days * dayMs),
      ...(state === 'withheld' ? { state: 'withheld' } : {}),
      limit: '500',
    }),
    IncidentList,
  );
  usePolling(askEveryMs, refresh);
  const rows = useMemo(
    () =>
      mapHeld(held, ({ incidents }) => {
        const words = text.toLowerCase().split(/\s+/).filter(Boolean);
        const matching = incidents.filter(({ title, scope, summary, labels }) => {
          const haystack = [title, scope, summary, ...Object.values(labels)].join(' ').toLowerCase();
          return words.every((word) => haystack.includes(word));
        });
        return sortIncidents(matching);
      }),
    [held, text],
  );
  const list = held.kind === 'held' ? held.data : null;
  const open = list?.incidents.filter((one) => one.state === 'open') ?? [];
  const bone = <span className="bone bone-large" />;
  // Incidents are told in whole minutes of the server; this page's clock is near enough for "how long ago".
  const serverNowMs = Date.now();
  return (
    <Shell page="incidents" skipTo="the incidents">
      {held.kind === 'signed-out' ? (
        <SignIn />
      ) : (
        <>
          <h1 className="unseen">Incidents</h1>
          <section className="summary oncall-figures" aria-label="Summary" aria-busy={list === null}>
            <Tile
              label="Open"
              alarm={open.some(({ severity }) => severity === 'page')}
              value={list === null ? bone : <Figure text={String(open.length)} />}
              note={
                open.length === 0
                  ? 'nothing to act on'
                  : `${open.filter(({ severity }) => severity === 'page').length} page somebody`
              }
            />
            <Tile
              label="In this time"
              value={list === null ? bone : <Figure text={String(list.incidents.length)} />}
              note={`the last ${days} days`}
            />
            <Tile
              label="Time to detect"
              value={
                list === null ? (
                  bone
                ) : (
                  <Figure text={durationText(list.detect.medianMs)} title="none in this time" />
                )
              }
              note="median"
            />
            <Tile
              label="Time to remediate"
              value={
                list === null ? (
                  bone
                ) : (
                  <Figure text={durationText(list.remediate.medianMs)} title="none is over" />
                )
              }
              note="median"
            />
          </section>
          <DebugPanel
            name="incidents"
            title="Incidents"
            note={
              <div className="incident-filters">
                <button
                  type="button"
                  className="button small"
                  aria-pressed={state === 'withheld'}
                  title="Rules that are met though nobody is told, with the reason"
                  onClick={() => setState(state === 'withheld' ? '' : 'withheld')}
                >
                  Withheld
                </button>
                <fieldset className="ranges">
                  <legend className="unseen">How far back</legend>
                  {spans.map(({ id, label }) => (
                    <label key={label}>
                      <input type="radio" name="span" checked={id === span} onChange={() => setSpan(id)} />
                      <span>{label}</span>
                    </label>
                  ))}
                </fieldset>
                <FilterField label="Filter incidents" value={text} change={setText} />
              </div>
            }
            state={panelStateOf(rows, (all) =>
              all.length > 0
                ? null
                : text !== ''
                  ? 'No incident matches.'
                  : state === 'withheld'
                    ? 'Nothing is withheld in this time.'
                    : 'No incidents in this time.',
            )}
            retry={refresh}
            heightRem={14}
          >
            {(all) => (
              <>
                <IncidentRows incidents={all} serverNowMs={serverNowMs} />
                {list?.isTruncated === true && (
                  <p className="aside debug-foot">Only the latest {list.incidents.length} are listed.</p>
                )}
              </>
            )}
          </DebugPanel>
        </>
      )}
    </Shell>
  );
}
