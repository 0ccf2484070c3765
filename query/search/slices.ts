const usualFirstMs = 15_000;
const growth = 4;

/**
 * The window [from, to) from its end backwards in slices that grow fourfold: a dense window yields its page from seconds
 * of rows, a sparse one is read to its start in about ten statements, none of which reads a row twice. `sinceMs` is where
 * earlier pages began: what they had to go through says how sparse it is. `firstMs` is the length of the first.
 */
export function* slicesBackwards(
  fromMs: number,
  toMs: number,
  sinceMs: number,
  firstMs = usualFirstMs,
): Generator<{ fromMs: number; toMs: number }> {
  let lengthMs = Math.max(firstMs, Math.floor((sinceMs - toMs) / growth));
  for (let end = toMs; end > fromMs; lengthMs *= growth) {
    const start = Math.max(fromMs, end - lengthMs);
    yield { fromMs: start, toMs: end };
    end = start;
  }
}
