import { useState } from 'preact/hooks';
import { type IncidentAnswer, IncidentDetail } from '../../../../schemas/alerting/incident-answer.js';
import { send } from '../../browser/ask.js';
import { useAuthor } from '../../browser/use-author.js';
import { useSending } from '../../browser/use-sending.js';
import { incidentHref } from '../../view/incidents/incident-words.js';
import { matchOf } from '../../view/incidents/silence-words.js';
import { Refusal } from '../refusal.js';
import { TextField } from '../text-field.js';
import { SilenceForm } from './silence-form.js';

export type RowActsProps = { incident: IncidentAnswer; changed: () => void };

/** What is done to an incident without leaving the list: acknowledge, say who takes it, silence it. */
export function RowActs({ incident, changed }: RowActsProps) {
  const { id, title, severity, acknowledgedAt, runbookUrl } = incident;
  const [open, setOpen] = useState<'assign' | 'silence' | null>(null);
  const [assignee, setAssignee] = useState('');
  const [author] = useAuthor();
  const { isBusy, failure, wait } = useSending();
  const act = async (deed: string, body: object) => {
    const by = author.trim() === '' ? {} : { author };
    const done = await wait(
      send('POST', `/api/v1${incidentHref(id)}/${deed}`, IncidentDetail, { ...body, ...by }),
    );
    if (done === null) return;
    setOpen(null);
    changed();
  };
  const toggle = (one: 'assign' | 'silence') => setOpen(open === one ? null : one);
  return (
    <div className="row-acts">
      <p className="row-buttons">
        {acknowledgedAt === null && (
          <button
            type="button"
            className={severity === 'page' ? 'button small primary' : 'button small'}
            aria-label={`Acknowledge ${title}`}
            disabled={isBusy}
            onClick={() => act('ack', {})}
          >
            Acknowledge
          </button>
        )}
        <button
          type="button"
          className="button small"
          aria-label={`Assign ${title}`}
          aria-expanded={open === 'assign'}
          onClick={() => toggle('assign')}
        >
          Assign
        </button>
        <button
          type="button"
          className="button small"
          aria-label={`Silence ${title}`}
          aria-expanded={open === 'silence'}
          onClick={() => toggle('silence')}
        >
          Silence
        </button>
        {runbookUrl !== null && (
          <a className="button small" href={runbookUrl} rel="noreferrer">
            Runbook
          </a>
        )}
      </p>
      {open === 'assign' && (
        <form
          className="inline-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (assignee.trim() !== '') void act('assign', { assignee });
          }}
        >
          <div className="form-fields">
            <TextField label="Who takes care of it" value={assignee} change={setAssignee} />
            <button type="submit" className="button small" disabled={isBusy || assignee.trim() === ''}>
              Assign
            </button>
          </div>
        </form>
      )}
      {open === 'silence' && (
        <SilenceForm
          match={matchOf(incident)}
          done={() => {
            setOpen(null);
            changed();
          }}
        />
      )}
      <Refusal failure={failure} />
    </div>
  );
}
