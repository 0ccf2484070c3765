/** 200 ms doubled with each failure up to 30 s, then between half and all of it, so that retries do not march in step. */
export function backoffMs(failures: number, random: () => number): number {
  const fullMs = Math.min(30_000, 200 * 2 ** Math.min(20, failures - 1));
  return fullMs / 2 + (fullMs / 2) * random();
}
