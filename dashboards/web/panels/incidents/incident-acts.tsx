import { useState } from 'preact/hooks';
import { type IncidentAnswer, IncidentDetail } from '../../../../schemas/alerting/incident-answer.js';
import { send } from '../../browser/ask.js';
import { useAuthor } from '../../browser/use-author.js';
import { useSending } from '../../browser/use-sending.js';
import { matchOf } from '../../view/incidents/silence-words.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';
import { TextField } from '../text-field.js';
import { SilenceForm } from './silence-form.js';

export type IncidentActsProps = { incident: IncidentAnswer; changed: () => void };

/** What people do to an incident, in place: acknowledge, take it, note, silence, resolve. */
export function IncidentActs({ incident, changed }: IncidentActsProps) {
  const { id, state, acknowledgedAt } = incident;
  const [isSilencing, setSilencing] = useState(false);
  const [author] = useAuthor();
  const [assignee, setAssignee] = useState('');
  const [note, setNote] = useState('');
  const { isBusy, failure, wait } = useSending();
  const act = async (deed: string, body: object) => {
    const path = `incidents/${encodeURIComponent(id)}/${deed}`;
    const by = author.trim() === '' ? {} : { author };
    const done = await wait(send('POST', apiUrl(path), IncidentDetail, { ...body, ...by }));
    if (done === null) return;
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
      {state === 'open' && (
        <button
          type="button"
          className="button"
          aria-expanded={isSilencing}
          onClick={() => setSilencing(!isSilencing)}
        >
          Silence
        </button>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (assignee.trim() !== '') void act('assign', { assignee });
        }}
      >
        <TextField label="Who takes care of it" value={assignee} change={setAssignee} />
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
        <TextField label="Note for the timeline" value={note} change={setNote} maxLength={4000} />
        <button type="submit" className="button" disabled={isBusy || note.trim() === ''}>
          Note
        </button>
      </form>
      {isSilencing && (
        <div className="row-acts">
          <SilenceForm match={matchOf(incident)} done={() => setSilencing(false)} />
        </div>
      )}
      <Refusal failure={failure} />
    </div>
  );
}
