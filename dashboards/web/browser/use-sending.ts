import { useState } from 'preact/hooks';
import type { Failure } from '../panel-state.js';
import type { Answer } from './ask.js';

export type Sending = {
  isBusy: boolean;
  failure: Failure | null;
  /** Waits for a change that was sent; null when it was refused, and `failure` says why. */
  wait: <Data>(sent: Promise<Answer<Data>>) => Promise<Data | null>;
};

/** One change at a time, and why the last one was refused. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wait = async <Data>(sent: Promise<Answer<Data>>): Promise<Data | null> => {
    setBusy(true);
    const answer = await sent;
    setBusy(false);
    if (answer.kind === 'signed-out') location.reload();
    setFailure(answer.kind === 'failed' ? answer.failure : null);
    return answer.kind === 'ok' ? answer.data : null;
  };
  return { isBusy, failure, wait };
}
