/**
 * P(X ≥ k) for X binomial with n trials of probability p: how likely so many bad events are by chance when the true share is
 * p. Exact to about twelve digits for any n: the first term by Loader's saddle-point form (C. Loader, "Fast and Accurate
 * Computation of Binomial Probabilities", 2000), the others by their ratio.
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  // Terms shrink away from the mean, so the side of the sum that does is added up.
  if (k <= n * p) return 1 - sumFrom(n - k + 1, n, 1 - p);
  return sumFrom(k, n, p);
}

/** The sum of terms k … n; they shrink from k on, since k is above the mean. */
function sumFrom(k: number, n: number, p: number): number {
  if (k > n) return 0;
  const odds = p / (1 - p);
  let term = Math.exp(logTerm(k, n, p));
  let sum = term;
  for (let i = k; i < n; i++) {
    term *= ((n - i) / (i + 1)) * odds;
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, sum);
}

function logTerm(k: number, n: number, p: number): number {
  if (k === n) return n * Math.log(p);
  const deviance = devianceOf(k, n * p) + devianceOf(n - k, n * (1 - p));
  const remainders = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  return remainders - deviance - 0.5 * Math.log((2 * Math.PI * k * (n - k)) / n);
}

/** x log(x / mean) + mean - x, without the loss of digits when they are close. */
function devianceOf(x: number, mean: number): number {
  if (Math.abs(x - mean) < 0.1 * (x + mean)) {
    const v = (x - mean) / (x + mean);
    let sum = (x - mean) * v;
    let power = 2 * x * v;
    for (let j = 1; j < 1000; j++) {
      power *= v * v;
      const next = sum + power / (2 * j + 1);
      if (next === sum) return next;
      sum = next;
    }
    return sum;
  }
  return x * Math.log(x / mean) + mean - x;
}

/** log(n!) less Stirling's approximation. */
function stirlingError(n: number): number {
  if (n < 16) return logFactorial(n) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** Of fewer than 16: the product is exact in a double. */
function logFactorial(n: number): number {
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return Math.log(product);
}

/**
 * Whether so many bad events of so many are beyond chance at a level, if the true share were p. Chernoff's bound, which is
 * never below the tail, settles clear cases at once.
 */
export function isBeyondChance(bad: number, total: number, p: number, level: number): boolean {
  if (total === 0 || bad <= total * p) return false;
  const logBound = -(
    devianceOf(bad, total * p) + (bad === total ? total * (1 - p) : devianceOf(total - bad, total * (1 - p)))
  );
  if (logBound < Math.log(level)) return true;
  return binomialTail(bad, total, p) < level;
}
