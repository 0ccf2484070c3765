import type { IncidentAnswer } from '../../../../schemas/alerting/incident-answer.js';

/** Page or ticket while it is open, else how it stands. */
export function SeverityChip({
  incident: { state, severity },
}: {
  incident: Pick<IncidentAnswer, 'state' | 'severity'>;
}) {
  const words = severity === 'page' ? 'Page' : 'Ticket';
  if (state === 'open')
    return (
      <span className="status-chip" data-status={severity}>
        {words}
      </span>
    );
  return (
    <span className="status-chip" data-status="quiet" title={words}>
      {state === 'resolved' ? 'Resolved' : 'Withheld'}
    </span>
  );
}
