import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { type ReceiverList, TestSent } from '../../../../schemas/alerting/notice-answers.js';
import { send } from '../../browser/ask.js';
import { useSending } from '../../browser/use-sending.js';
import { formatDuration } from '../../view/format-duration.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';

type Receiver = z.infer<typeof ReceiverList>['receivers'][number];

const stateWords = { answering: 'answers', 'not-answering': 'does not answer' } as const;

/** Where notices can go, each with a test that is sent now and says what came back. */
export function ReceiverRows({ receivers }: { receivers: readonly Receiver[] }) {
  return (
    <ul className="receiver-rows">
      {receivers.map((receiver) => (
        <Row key={receiver.name} receiver={receiver} />
      ))}
    </ul>
  );
}

function Row({ receiver: { name, kind, state } }: { receiver: Receiver }) {
  const [sent, setSent] = useState<z.infer<typeof TestSent> | null>(null);
  const { isBusy, failure, wait } = useSending();
  const test = async () => {
    setSent(null);
    setSent(await wait(send('POST', apiUrl(`receivers/${encodeURIComponent(name)}/test`), TestSent)));
  };
  return (
    <li className="receiver-row">
      <p className="row-main" title={name}>
        <bdi>{name}</bdi> <span className="row-version">{kind === name ? '' : kind}</span>
      </p>
      <p className="receiver-state" data-state={state}>
        {state === null ? '' : stateWords[state]}
      </p>
      <button
        type="button"
        className="button small"
        aria-label={`Send a test to ${name}`}
        disabled={isBusy}
        onClick={test}
      >
        {isBusy ? 'Sending…' : 'Test'}
      </button>
      {sent !== null && (
        <p className="receiver-says" role="status" data-delivered={sent.delivered}>
          {sent.delivered ? 'Delivered' : 'Not delivered'} in {formatDuration(sent.durationMs)}
          {sent.says !== '' && (
            <>
              : <bdi>{sent.says}</bdi>
            </>
          )}
        </p>
      )}
      <Refusal failure={failure} />
    </li>
  );
}
