import { useState } from 'preact/hooks';
import { Silence } from '../../../../schemas/alerting/silence.js';
import { send } from '../../browser/ask.js';
import { useAuthor } from '../../browser/use-author.js';
import { useSending } from '../../browser/use-sending.js';
import { type Match, matchText, silenceLengths } from '../../view/incidents/silence-words.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';
import { TextField } from '../text-field.js';

export type SilenceFormProps = {
  match: Match;
  /** Words instead of what it matches, where that is chosen beside it. */
  says?: string;
  done: () => void;
};

/** Keeps what matches from being told for a time. It needs a name, a reason and an end. */
export function SilenceForm({ match, says, done }: SilenceFormProps) {
  const [author, setAuthor] = useAuthor();
  const [lasts, setLasts] = useState<string>(silenceLengths[0].id);
  const [reason, setReason] = useState('');
  const { isBusy, failure, wait } = useSending();
  const isReady =
    author.trim() !== '' &&
    reason.trim() !== '' &&
    Object.values(match).some((globs) => globs !== undefined && globs.length > 0);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const made = await wait(send('POST', apiUrl('silences'), Silence, { match, lasts, author, reason }));
    if (made === null) return;
    setReason('');
    done();
  };
  return (
    <form className="inline-form silence-form" aria-label="Silence" onSubmit={submit}>
      <p className="aside">
        {says ?? `Nobody is told of ${matchText(match)}; that it is over is told all the same.`}
      </p>
      <div className="form-fields">
        <select
          className="facet"
          aria-label="For how long"
          value={lasts}
          onChange={({ currentTarget }) => setLasts(currentTarget.value)}
        >
          {silenceLengths.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <TextField label="Why" value={reason} change={setReason} maxLength={1000} isWide />
        <TextField label="Your name" value={author} change={setAuthor} />
        <button type="submit" className="button small" disabled={isBusy || !isReady}>
          Silence
        </button>
      </div>
      <Refusal failure={failure} />
    </form>
  );
}
