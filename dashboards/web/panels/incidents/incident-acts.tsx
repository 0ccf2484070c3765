import { useState } from 'preact/hooks';
import { type IncidentAnswer, IncidentDetail } from '../../../../schemas/alerting/incident-answer.js';
import { send } from '../../browser/ask.js';
import type { Failure } from '../../panel-state.js';
import { apiUrl } from '../../view/view-state.js';

export type IncidentActsProps = {
  incident: Pick<IncidentAnswer, 'id' | 'state' | 'acknowledgedAt'>;
  changed: () => void;
};

/** What people do to an incident, in place: acknowledge, take it, note, resolve. */
export function IncidentActs({ incident: { id, state, acknowledgedAt }, changed }: IncidentActsProps) {
  const [assignee, setAssignee] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const act = async (deed: string, body: object) => {
    setBusy(true);
    const answer = await send(
      'POST',
      apiUrl(`incidents/${encodeURIComponent(id)}/${deed}`),
      IncidentDetail,
      body,
    );
    setBusy(false);
    if (answer.kind === 'signed-out') location.reload();
    setFailure(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind !== 'ok') return;
    setAssignee('');
    setNote('');
    changed();
  };
  return (
    <div className="incident-acts">
      {state === 'open' && acknowledgedAt === null && (
        <button type="button" className="button primary" disabled={isBusy} onClick={() => act('ack', {})}>
          Acknowledge
        </button>
      )}
      {state !== 'resolved' ? (
        <button type="button" className="button" disabled={isBusy} onClick={() => act('resolve', {})}>
          Resolve
        </button>
      ) : (
        <button type="button" className="button" disabled={isBusy} onClick={() => act('reopen', {})}>
          Reopen
        </button>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (assignee.trim() !== '') void act('assign', { assignee });
        }}
      >
        <input
          type="text"
          aria-label="Who takes care of it"
          placeholder="Who takes care of it"
          autocomplete="off"
          maxLength={200}
          value={assignee}
          onInput={({ currentTarget }) => setAssignee(currentTarget.value)}
        />
        <button type="submit" className="button" disabled={isBusy || assignee.trim() === ''}>
          Assign
        </button>
      </form>
      <form
        className="incident-note"
        onSubmit={(event) => {
          event.preventDefault();
          if (note.trim() !== '') void act('note', { text: note });
        }}
      >
        <input
          type="text"
          aria-label="Note for the timeline"
          placeholder="Note for the timeline"
          autocomplete="off"
          maxLength={4000}
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <button type="submit" className="button" disabled={isBusy || note.trim() === ''}>
          Note
        </button>
      </form>
      {failure !== null && (
        <p role="alert" className="state-message">
          {failure.message}. {failure.remedy}
        </p>
      )}
    </div>
  );
}
