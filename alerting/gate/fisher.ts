/** How many of some runs were bad. */
export type Proportion = { bad: number; total: number };

/**
 * How likely the first would have at least so many bad runs by chance if both were equally good: the one-sided test of
 * Fisher, exact for any counts, since it reckons with all ways of dealing out the bad ones.
 */
export function fisherTail(one: Proportion, other: Proportion): number {
  const bad = one.bad + other.bad;
  const total = one.total + other.total;
  if (one.bad <= 0 || one.total <= 0 || total <= 0) return 1;
  const most = Math.min(bad, one.total);
  const mean = (bad * one.total) / total;
  // Terms shrink away from the mean, so the side of the sum that does is added up.
  if (one.bad > mean) return Math.min(1, sumUp(one.bad, most, 1, bad, one.total, total));
  const least = Math.max(0, bad - other.total);
  return Math.max(0, 1 - sumUp(one.bad - 1, least, -1, bad, one.total, total));
}

/** Terms from `k` to `end`, in steps of one up or down; each by its ratio to the one before. */
function sumUp(k: number, end: number, step: 1 | -1, bad: number, drawn: number, total: number): number {
  if ((end - k) * step < 0) return 0;
  let term = Math.exp(logChoose(bad, k) + logChoose(total - bad, drawn - k) - logChoose(total, drawn));
  let sum = term;
  for (let i = k; i !== end; i += step) {
    const up = ((bad - i) * (drawn - i)) / ((i + 1) * (total - bad - drawn + i + 1));
    const down = (i * (total - bad - drawn + i)) / ((bad - i + 1) * (drawn - i + 1));
    term *= step === 1 ? up : down;
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const small = [0, 0];

/** By adding up to 256, by Stirling's series above, where its fourth term is below the last digit. */
function logFactorial(n: number): number {
  if (n <= 256) {
    for (let i = small.length; i <= n; i++) small.push((small[i - 1] ?? 0) + Math.log(i));
    return small[n] ?? 0;
  }
  const x = 1 / (n * n);
  return (
    (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - x * (1 / 360 - x * (1 / 1260))) / n
  );
}
