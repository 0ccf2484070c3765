import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { BudgetAnswer } from '../../../../schemas/slo/budget-answer.js';
import { CorrectionAnswer } from '../../../../schemas/slo/correction.js';
import { send } from '../../browser/ask.js';
import { useAuthor } from '../../browser/use-author.js';
import { useSending } from '../../browser/use-sending.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';
import { TextField } from '../text-field.js';
import { TimeField } from '../time-field.js';

export type CorrectionListProps = {
  id: string;
  corrections: z.infer<typeof BudgetAnswer>['corrections'];
  changed: () => void;
};

/** Time of the period that does not count, who said so and why; it can be added to and taken back. */
export function CorrectionList({ id, corrections, changed }: CorrectionListProps) {
  const [author, setAuthor] = useAuthor();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const { isBusy, failure, wait } = useSending();
  const isReady = [author, from, to, reason].every((text) => text.trim() !== '');
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isReady) return;
    // The fields are in the reader's own time, like every time on the page.
    const window = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const body = { ...window, slo: [id], reason, author };
    if ((await wait(send('POST', apiUrl('corrections'), CorrectionAnswer, body))) === null) return;
    setFrom('');
    setTo('');
    setReason('');
    changed();
  };
  const remove = async (correction: string) => {
    const params = {
      reason: 'taken back on the page of the objective',
      ...(author === '' ? {} : { author }),
    };
    const url = apiUrl(`corrections/${encodeURIComponent(correction)}`, params);
    if ((await wait(send('DELETE', url, CorrectionAnswer))) !== null) changed();
  };
  return (
    <>
      {corrections.length === 0 ? (
        <p className="debug-nothing">All of the period counts.</p>
      ) : (
        <ul className="plain-rows">
          {corrections.map(({ id: correction, reason: why, author: by, applied }) => (
            <li key={correction} className="row-with-act">
              <div className="burning-what">
                <p className="row-main" title={why}>
                  <bdi>{why}</bdi>
                </p>
                <p className="aside row-more">
                  <bdi>{by}</bdi>
                  {!applied && ', not applied: it is about a part of what is added up here'}
                </p>
              </div>
              <button
                type="button"
                className="button small"
                aria-label={`Take back: ${why}`}
                disabled={isBusy}
                onClick={() => remove(correction)}
              >
                Take back
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="inline-form" aria-label="Leave time out" onSubmit={add}>
        <div className="form-fields">
          <TimeField label="From" value={from} change={setFrom} />
          <TimeField label="To" value={to} change={setTo} />
          <TextField
            label="Why it does not count"
            value={reason}
            change={setReason}
            maxLength={1000}
            isWide
          />
          <TextField label="Your name" value={author} change={setAuthor} />
          <button type="submit" className="button small" disabled={isBusy || !isReady}>
            Leave out
          </button>
        </div>
        <Refusal failure={failure} />
      </form>
    </>
  );
}
