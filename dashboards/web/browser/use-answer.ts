import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { Failure } from '../panel-state.js';
import { refetchDelay } from '../view/refetch-delay.js';
import { type Answer, ask } from './ask.js';

export type Held<Data> =
  | { kind: 'loading' }
  | { kind: 'signed-out' }
  | { kind: 'failed'; failure: Failure }
  /** `failure` is set when the newest attempt failed and `data` is from `receivedAt` (page clock, ms). */
  | { kind: 'held'; data: Data; receivedAt: number; failure: Failure | null };

const retryMs = 5000;

/**
 * Keeps the newest answer of one URL; without one it waits. `refresh` may be called at any rate; the asking is paced.
 * `hold` gives up what is asked or planned, so that what is shown stands still until the next `refresh`.
 */
export function useAnswer<Data>(
  url: string | null,
  schema: z.ZodType<Data>,
): { held: Held<Data>; refresh: () => void; hold: () => void } {
  const [held, setHeld] = useState<Held<Data>>({ kind: 'loading' });
  const request = useRef<() => void>(() => {});
  const giveUp = useRef<() => void>(() => {});

  useEffect(() => {
    if (url === null) {
      request.current = () => {};
      giveUp.current = () => {};
      setHeld({ kind: 'loading' });
      return;
    }
    const abort = new AbortController();
    let asking = false;
    let askAgain = false;
    let startedAt = Number.NEGATIVE_INFINITY;
    let tookMs = 0;
    let leastWaitMs = 0;
    let timer: number | undefined;
    let current = new AbortController();
    let isAnswered = false;

    const run = async (): Promise<void> => {
      timer = undefined;
      asking = true;
      askAgain = false;
      startedAt = performance.now();
      current = new AbortController();
      try {
        const answer = await ask(url, schema, AbortSignal.any([abort.signal, current.signal]));
        isAnswered = true;
        setHeld((before) => heldAfter(before, answer));
        if (answer.kind === 'failed') askAgain = true;
        leastWaitMs = answer.kind === 'failed' ? retryMs : 0;
      } catch {
        // Given up for good, or held: then it is asked again only when somebody wished for it since.
        if (abort.signal.aborted) return;
      } finally {
        asking = false;
        tookMs = performance.now() - startedAt;
      }
      if (askAgain) wait(leastWaitMs);
    };
    const wait = (atLeastMs: number): void => {
      if (abort.signal.aborted) return;
      const paceMs = refetchDelay(performance.now() - startedAt, tookMs);
      timer = window.setTimeout(run, Math.max(paceMs, atLeastMs));
    };
    const plan = (): void => {
      if (abort.signal.aborted) return;
      // A new wish does not wait for the slow retry of a failed question.
      window.clearTimeout(timer);
      if (asking) {
        askAgain = true;
        return;
      }
      wait(0);
    };

    setHeld({ kind: 'loading' });
    request.current = plan;
    giveUp.current = () => {
      // The first answer is waited for: without it there is nothing to hold.
      if (!isAnswered) return;
      window.clearTimeout(timer);
      askAgain = false;
      current.abort();
    };
    plan();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [url, schema]);

  return {
    held,
    refresh: useCallback(() => request.current(), []),
    hold: useCallback(() => giveUp.current(), []),
  };
}

/** The address once another answer, or its refusal, is there; null until then. */
export function afterAnswer({ held }: { held: Held<unknown> }, url: string): string | null {
  return held.kind === 'loading' ? null : url;
}

function heldAfter<Data>(before: Held<Data>, answer: Answer<Data>): Held<Data> {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'held', data: answer.data, receivedAt: performance.now(), failure: null };
    case 'signed-out':
      return answer;
    case 'failed':
      return before.kind === 'held' ? { ...before, failure: answer.failure } : answer;
  }
}
