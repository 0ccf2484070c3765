import type { IncidentEvent } from '../../../../schemas/alerting/incident-event.js';
import { decider } from '../../../../schemas/alerting/incident-event.js';
import { dateTime } from '../../view/clock-time.js';
import { eventWords } from '../../view/incidents/incident-words.js';

/** What happened, newest first: what was decided, and what people did. */
export function Timeline({ events }: { events: readonly IncidentEvent[] }) {
  const newest = [...events].sort((one, other) => other.sequence - one.sequence);
  return (
    <ol className="timeline">
      {newest.map(({ eventId, at, kind, summary, author, severity }) => (
        <li key={eventId} className="timeline-event" data-kind={kind} data-severity={severity}>
          <p className="timeline-head">
            <strong>{eventWords[kind]}</strong>
            {author !== decider && (
              <span className="aside">
                by <bdi>{author}</bdi>
              </span>
            )}
            <time className="aside" dateTime={at}>
              {dateTime(Date.parse(at))}
            </time>
          </p>
          <p className="timeline-summary">
            <bdi>{summary}</bdi>
          </p>
        </li>
      ))}
    </ol>
  );
}
