/** Longer nobody is let go first: pages that ask without end would keep their own history away. */
const mostMs = 3_000;
/** Pages ask in waves. */
const quietMs = 200;
const stepMs = 50;

export type GiveWayDeps = {
  reading: () => number;
  nowMs: () => number;
  wait: (ms: number) => Promise<void>;
};

/** Settles when nobody has been reading for a moment, or after a few seconds. */
export async function giveWay({ reading, nowMs, wait }: GiveWayDeps): Promise<void> {
  const beganMs = nowMs();
  let quietSinceMs = beganMs;
  while (nowMs() - quietSinceMs < quietMs && nowMs() - beganMs < mostMs) {
    await wait(stepMs);
    if (reading() > 0) quietSinceMs = nowMs();
  }
}
