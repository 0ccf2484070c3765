export type StopReason = 'caller' | 'deadline' | 'closing';

/** Watches over one statement from the moment it is asked for until it has settled. */
export type Supervision = {
  /** Aborts when the caller gave up, the deadline passed, or the warehouse closes. */
  readonly signal: AbortSignal;
  stoppedBy(): StopReason | null;
  /** Stops the statement on the warehouse's own behalf. */
  stop(): void;
  end(): void;
};

/** A kill may arrive before its statement is in the engine's process list, so it is repeated until the statement ends. */
const killAgainMs = 50;

export function supervise(
  caller: AbortSignal | undefined,
  timeoutMs: number,
  kill: () => Promise<void>,
): Supervision {
  const controller = new AbortController();
  let stoppedBy: StopReason | null = null;
  let killTimer: NodeJS.Timeout | null = null;
  let ended = false;

  const killOnce = () => {
    // A kill that fails has no one to tell: the statement's own error or deadline speaks for it.
    const again = () => {
      if (!ended) killTimer = setTimeout(killOnce, killAgainMs);
    };
    kill().then(again, again);
  };
  const stop = (reason: StopReason) => {
    if (stoppedBy !== null || ended) return;
    stoppedBy = reason;
    controller.abort();
    killOnce();
  };
  const onCaller = () => stop('caller');
  const deadline = setTimeout(() => stop('deadline'), timeoutMs);
  if (caller?.aborted) onCaller();
  else caller?.addEventListener('abort', onCaller);
  return {
    signal: controller.signal,
    stoppedBy: () => stoppedBy,
    stop: () => stop('closing'),
    end: () => {
      ended = true;
      clearTimeout(deadline);
      if (killTimer !== null) clearTimeout(killTimer);
      caller?.removeEventListener('abort', onCaller);
    },
  };
}
