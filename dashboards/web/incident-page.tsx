import type { IncidentDetail, IncidentList } from '../../schemas/alerting/incident-answer.js';
import type { PanelState } from './panel-state.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { Figure } from './panels/figure.js';
import { DiagnosisView } from './panels/incidents/diagnosis-view.js';
import { IncidentActs } from './panels/incidents/incident-acts.js';
import { IncidentRows } from './panels/incidents/incident-rows.js';
import { SeverityChip } from './panels/incidents/severity-chip.js';
import { Timeline } from './panels/incidents/timeline.js';
import { Tile } from './panels/tile.js';
import { dateTime } from './view/clock-time.js';
import { incidentTimes, similarTo } from './view/incidents/incident-words.js';
import { sloHref } from './view/slo/slo-words.js';

export type IncidentPageProps = {
  incident: IncidentDetail;
  past: PanelState<IncidentList, string>;
  retryPast: () => void;
  changed: () => void;
};

const mostSimilar = 6;

/** One incident: what is wrong since when, why, what to do, and what happened. */
export function IncidentPage({ incident, past, retryPast, changed }: IncidentPageProps) {
  const { title, summary, scope, sloId, runbookUrl, diagnosis, timeline, parts, facts, parentId } = incident;
  const similar = past.kind === 'ready' ? similarTo(incident, past.data.incidents, mostSimilar) : [];
  const nowMs = Date.now();
  return (
    <>
      <div className="function-bar">
        <div className="function-title">
          <a className="back" href="/incidents">
            <span aria-hidden="true">←</span> Incidents
          </a>
          <h1 title={title}>
            <bdi>{title}</bdi>
          </h1>
          <p className="slo-places">
            <SeverityChip incident={incident} />
            {scope !== '' && (
              <span className="chip" title={scope}>
                <bdi>{scope}</bdi>
              </span>
            )}
            <span>since {dateTime(Date.parse(incident.startedAt))}</span>
            {incident.assignee !== null && (
              <span>
                with <bdi>{incident.assignee}</bdi>
              </span>
            )}
          </p>
        </div>
        <div className="function-controls">
          {runbookUrl !== null && (
            <a className="button" href={runbookUrl} rel="noreferrer">
              Runbook
            </a>
          )}
          {sloId !== null && (
            <a className="button" href={sloHref(sloId, scope)}>
              Objective
            </a>
          )}
        </div>
      </div>
      <p className="incident-summary">
        <bdi>{summary}</bdi>
      </p>
      <IncidentActs incident={incident} changed={changed} />
      <section className="summary headline" aria-label="Summary">
        {incidentTimes(incident).map(({ label, text }) => (
          <Tile key={label} label={label} value={<Figure text={text} title="not yet" />} />
        ))}
        {facts.slice(0, 6).map(({ label, value }) => (
          <Tile key={label} label={label} value={<span className="incident-fact">{value}</span>} />
        ))}
      </section>
      <div className="debug">
        <div className="debug-pair">
          <div className="debug-stack">
            <DebugPanel
              name="diagnosis"
              title="Diagnosis"
              note="bad runs against good ones"
              state={
                diagnosis === null
                  ? { kind: 'no-data', nothing: 'No diagnosis is told for this incident.' }
                  : { kind: 'ready', data: diagnosis }
              }
              retry={changed}
              heightRem={8}
            >
              {(told) => <DiagnosisView diagnosis={told} />}
            </DebugPanel>
            {parts.length > 0 && (
              <DebugPanel
                name="parts"
                title="Parts of it"
                note="the same fault, told once"
                state={{ kind: 'ready', data: parts }}
                retry={changed}
                heightRem={6}
              >
                {(all) => <IncidentRows incidents={all} serverNowMs={nowMs} />}
              </DebugPanel>
            )}
            <DebugPanel
              name="similar"
              title="Seen before"
              note="the same objective or rule"
              state={
                past.kind === 'ready' && similar.length === 0
                  ? { kind: 'no-data', nothing: 'Nothing like it in the last 180 days.' }
                  : past.kind === 'ready'
                    ? { kind: 'ready', data: similar }
                    : past
              }
              retry={retryPast}
              heightRem={6}
            >
              {(all) => <IncidentRows incidents={all} serverNowMs={nowMs} />}
            </DebugPanel>
          </div>
          <DebugPanel
            name="timeline"
            title="Timeline"
            note={parentId === null ? 'newest first' : 'part of another incident'}
            state={{ kind: 'ready', data: timeline }}
            retry={changed}
            heightRem={12}
          >
            {(events) => <Timeline events={events} />}
          </DebugPanel>
        </div>
      </div>
    </>
  );
}
