import { useState } from 'preact/hooks';
import { Silence } from '../../../../schemas/alerting/silence.js';
import { send } from '../../browser/ask.js';
import { useAuthor } from '../../browser/use-author.js';
import { useSending } from '../../browser/use-sending.js';
import { dateTime } from '../../view/clock-time.js';
import { matchText, silenceTimeText, sortSilences } from '../../view/incidents/silence-words.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';
import { TextField } from '../text-field.js';

export type SilenceListProps = { silences: readonly Silence[]; nowMs: number; changed: () => void };

const mostShown = 20;
const stateWords = { active: 'In force', waiting: 'Waiting', over: 'Over' } as const;

/** Silences in force first; ending one asks why, because who ended it and why is kept. */
export function SilenceRows({ silences, nowMs, changed }: SilenceListProps) {
  const [ending, setEnding] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [author] = useAuthor();
  const { isBusy, failure, wait } = useSending();
  const end = async (id: string) => {
    const params = { reason, ...(author.trim() === '' ? {} : { author }) };
    const ended = await wait(send('DELETE', apiUrl(`silences/${encodeURIComponent(id)}`, params), Silence));
    if (ended === null) return;
    setEnding(null);
    setReason('');
    changed();
  };
  return (
    <>
      <ul className="silence-rows">
        {sortSilences(silences)
          .slice(0, mostShown)
          .map((silence) => (
            <li key={silence.id} className="silence-row" data-state={silence.state}>
              <span className="status-chip" data-status={silence.state === 'active' ? 'burning' : 'quiet'}>
                {stateWords[silence.state]}
              </span>
              <div className="burning-what">
                <p className="row-main" title={matchText(silence.match)}>
                  <bdi>{matchText(silence.match)}</bdi>
                </p>
                <p className="aside silence-why">
                  <bdi>{silence.ended?.reason ?? silence.reason}</bdi>,{' '}
                  <bdi>{silence.ended?.author ?? silence.author}</bdi>
                </p>
              </div>
              <p className="silence-time" title={`until ${dateTime(Date.parse(silence.until))}`}>
                {silenceTimeText(silence, nowMs)}
              </p>
              {silence.state !== 'over' && (
                <button
                  type="button"
                  className="button small"
                  aria-label={`End the silence of ${matchText(silence.match)}`}
                  aria-expanded={ending === silence.id}
                  onClick={() => setEnding(ending === silence.id ? null : silence.id)}
                >
                  End
                </button>
              )}
              {ending === silence.id && (
                <form
                  className="inline-form"
                  onSubmit={(event) => {
                    event.preventDefault();
                    if (reason.trim() !== '') void end(silence.id);
                  }}
                >
                  <div className="form-fields">
                    <TextField
                      label="Why it is ended"
                      value={reason}
                      change={setReason}
                      maxLength={1000}
                      isWide
                    />
                    <button type="submit" className="button small" disabled={isBusy || reason.trim() === ''}>
                      End it
                    </button>
                  </div>
                </form>
              )}
            </li>
          ))}
      </ul>
      {silences.length > mostShown && (
        <p className="aside debug-foot">And {silences.length - mostShown} more.</p>
      )}
      <Refusal failure={failure} />
    </>
  );
}
