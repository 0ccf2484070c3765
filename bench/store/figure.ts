import process from 'node:process';

export type Figure = { measure: string; value: number; unit: string; aim?: string };

/** Seconds of processor time this process, the engine's threads included, spends on something. */
export async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** `cpuMs`: processor time of one of them, the mean. */
export type Times = { p50Ms: number; p95Ms: number; cpuMs: number };

/** How long something takes, over questions that differ; the first two warm the caches. */
export async function timesOf(times: number, work: (round: number) => Promise<unknown>): Promise<Times> {
  const tookMs: number[] = [];
  let cpuMs = 0;
  for (let round = -2; round < times; round += 1) {
    const startedMs = performance.now();
    const cpuS = await cpuSeconds(async () => void (await work(round + 2)));
    if (round < 0) continue;
    tookMs.push(performance.now() - startedMs);
    cpuMs += (cpuS * 1000) / times;
  }
  const sorted = tookMs.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95), cpuMs };
}
