import type { ComponentChildren } from 'preact';
import type { IncidentAnswer } from '../../../../schemas/alerting/incident-answer.js';
import { clockTime } from '../../view/clock-time.js';
import { incidentHref, lastedText, reasonWords } from '../../view/incidents/incident-words.js';
import { SeverityChip } from './severity-chip.js';

export type IncidentRowsProps = {
  incidents: readonly IncidentAnswer[];
  serverNowMs: number;
  /** What can be done to each, below it. */
  acts?: (incident: IncidentAnswer) => ComponentChildren;
};

/** Incidents, each with how long it goes on and who is on it. */
export function IncidentRows({ incidents, serverNowMs, acts }: IncidentRowsProps) {
  return (
    <ul className="incident-rows">
      {incidents.map((incident) => {
        const { id, state, title, summary, scope, startedAt, resolvedAt, acknowledgedBy, assignee, reason } =
          incident;
        const lengthMs = (resolvedAt === null ? serverNowMs : Date.parse(resolvedAt)) - Date.parse(startedAt);
        return (
          <li key={id} className="incident-row" data-state={state}>
            <SeverityChip incident={incident} />
            <div className="burning-what">
              <a className="name" href={incidentHref(id)} title={title}>
                <bdi>{title}</bdi>
              </a>
              <p className="aside row-more" title={summary}>
                <bdi>{summary}</bdi>
              </p>
            </div>
            <p className="incident-when">
              <span>
                {state === 'resolved' ? `over after ${lastedText(lengthMs)}` : `for ${lastedText(lengthMs)}`}
              </span>
              <span className="aside">
                {state === 'resolved' ? 'began ' : 'since '}
                <time dateTime={startedAt}>
                  {clockTime(Date.parse(startedAt), serverNowMs - Date.parse(startedAt))}
                </time>
                {scope !== '' && (
                  <>
                    {' · '}
                    <bdi>{scope}</bdi>
                  </>
                )}
              </span>
            </p>
            <p className="incident-who">
              {state === 'withheld' ? (
                (reasonWords[reason ?? ''] ?? reason ?? 'withheld')
              ) : assignee !== null ? (
                <bdi>{assignee}</bdi>
              ) : acknowledgedBy !== null ? (
                <>
                  seen by <bdi>{acknowledgedBy}</bdi>
                </>
              ) : state === 'open' ? (
                <strong>nobody yet</strong>
              ) : (
                ''
              )}
            </p>
            {acts?.(incident)}
          </li>
        );
      })}
    </ul>
  );
}
