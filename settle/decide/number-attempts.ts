import { byStart } from './distinct-runs.js';
import { nsPerMs } from './facts.js';
import { endNs } from './match-reports.js';
import type { Row } from './row.js';

export type Numbered = { row: Row; attempt: number; superseded: boolean; duplicate: boolean };

/**
 * Orders the runs of each request: which attempt each was, which was the last, and which ran although the event had
 * been handled well before. The sender's own count is believed where it is higher: earlier attempts may be lost.
 */
export function numberAttempts(rows: readonly Row[], lookbackMs: number): Numbered[] {
  if (rows.length < 2) return numbered(rows);
  const requests = new Map<string, Row[]>();
  for (const row of rows) {
    const id = `${row.run.key} ${row.run.environment}`;
    const request = requests.get(id);
    if (request === undefined) requests.set(id, [row]);
    else request.push(row);
  }
  return [...requests.values()].flatMap((request) => chains(request, lookbackMs).flatMap(numbered));
}

/** Runs of the same event so far apart that they are requests of their own. */
function chains(rows: readonly Row[], lookbackMs: number): Row[][] {
  const lookbackNs = BigInt(lookbackMs) * nsPerMs;
  const found: Row[][] = [];
  let previous: Row | null = null;
  for (const row of rows.toSorted((one, other) => byStart(one.run, other.run))) {
    if (previous !== null && row.run.startedNs - previous.run.startedNs <= lookbackNs)
      found.at(-1)?.push(row);
    else found.push([row]);
    previous = row;
  }
  return found;
}

function numbered(chain: readonly Row[]): Numbered[] {
  let attempt = 0;
  let handledNs: bigint | null = null;
  return chain.map((row, index) => {
    const { startedNs, outcome } = row.run;
    attempt = Math.max(row.run.attempt, attempt + 1);
    const duplicate = handledNs !== null && handledNs <= startedNs;
    const end = endNs(row.run);
    if (outcome === 'ok' && (handledNs === null || end < handledNs)) handledNs = end;
    return { row, attempt, superseded: index < chain.length - 1, duplicate };
  });
}
