import type { After } from '../../query/live/live-hub.js';

/** The clock on the wall, for tests over real sockets. */
export const realAfter: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
