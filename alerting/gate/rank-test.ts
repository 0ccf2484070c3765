/** Runs by latency bucket. Buckets are in order; how wide they are does not matter. */
export type Counts = ReadonlyMap<number, number>;

export type RankTest = {
  /** How likely a run of the first takes longer than one of the second; 0.5 when there is no difference. */
  slowerRatio: number;
  /** How likely that much or more would be by chance if both took equally long. */
  p: number;
};

/**
 * Whether the first takes longer than the second, by the test of Mann, Whitney and Wilcoxon: it compares ranks and so assumes
 * nothing about how durations are spread. Runs in one bucket count as equal, and the spread of ranks is corrected for them.
 */
export function rankTest(one: Counts, other: Counts): RankTest | null {
  const buckets = [...new Set([...one.keys(), ...other.keys()])].sort((low, high) => low - high);
  let n = 0;
  let m = 0;
  let wins = 0;
  let ties = 0;
  for (const bucket of buckets) {
    const first = one.get(bucket) ?? 0;
    const second = other.get(bucket) ?? 0;
    wins += first * (m + second / 2);
    n += first;
    m += second;
    const both = first + second;
    ties += both * both * both - both;
  }
  if (n === 0 || m === 0) return null;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  const slowerRatio = wins / (n * m);
  if (!(variance > 0)) return { slowerRatio, p: 1 };
  // Half a win less, because wins come in halves and the curve does not.
  const z = (wins - (n * m) / 2 - 0.5) / Math.sqrt(variance);
  return { slowerRatio, p: upperTail(z) };
}

/** The share of the normal distribution above `z`. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  if (z > 38) return 0;
  if (z > 3) {
    // The continued fraction of Laplace converges fast out here, where the difference matters.
    let tail = 0;
    for (let k = 60; k >= 1; k--) tail = k / (z + tail);
    return Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI) / (z + tail);
  }
  // The series of the error function about 0.
  let term = z;
  let sum = z;
  for (let k = 1; k < 80; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 - (sum * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
