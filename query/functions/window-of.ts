/** Rows live 30 days; one more lets a whole month be asked for. */
export const maxWindowMs = 31 * 24 * 3_600_000;
/** Sums by hour live 800 days. */
export const longWindowMs = 800 * 24 * 3_600_000;
const defaultWindowMs = 3_600_000;

export type WindowRequest = {
  from?: Date | undefined;
  to?: Date | undefined;
  windowMs?: number | undefined;
};

export type WindowVerdict = { kind: 'window'; from: Date; to: Date } | { kind: 'refused'; reason: string };

/** The window [from, to) a request means: `to` defaults to now, `from` to `windowMs` (one hour) before it. */
export function windowOf(request: WindowRequest, now: Date, maxMs = maxWindowMs): WindowVerdict {
  if (request.from !== undefined && request.windowMs !== undefined)
    return { kind: 'refused', reason: 'Give either from or windowMs, not both' };
  const to = request.to ?? now;
  const from = request.from ?? new Date(Math.max(0, to.getTime() - (request.windowMs ?? defaultWindowMs)));
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs <= 0) {
    const end = request.to === undefined ? `now (${to.toISOString()})` : `to (${to.toISOString()})`;
    return { kind: 'refused', reason: `from (${from.toISOString()}) must be before ${end}` };
  }
  if (lengthMs > maxMs) {
    const days = Math.ceil(lengthMs / 86_400_000);
    return {
      kind: 'refused',
      reason: `The window from ${from.toISOString()} to ${to.toISOString()} is ${days} days long; at most ${Math.floor(maxMs / 86_400_000)} are answered`,
    };
  }
  return { kind: 'window', from, to };
}
