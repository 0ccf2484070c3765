import process from 'node:process';

const spinCpuMs = 10;
const everyMs = 250;

/**
 * How much longer than alone work takes on a machine that others use too: the mean of elapsed by CPU time of a short
 * loop, at least 1. A hang is told from a crowd by it.
 */
export function watchCrowding(): { stop: () => number } {
  const ratios: number[] = [];
  const timer = setInterval(() => ratios.push(spin()), everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      ratios.push(spin());
      return Math.max(1, ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length);
    },
  };
}

function spin(): number {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    if (cpuMs >= spinCpuMs) return (performance.now() - startedMs) / cpuMs;
  }
}
