import type { RightsizingRow, SizeEvidence } from '../../../schemas/cost/rightsizing.js';
import { decimalText } from '../exact/decimal-text.js';
import { compare, divide, multiply, type Rational, rational, subtract, sum } from '../exact/rational.js';
import type { PricedCell } from './priced-cell.js';

/** Fewer runs at a size say nothing. */
const leastRuns = 100;
/** Share of the memory that must stay free in the run that used most. */
const headroomRatio = 1.25;
/** Success may be worse by this much before a size is refused: a tenth of a 99.9 % objective's budget. */
const tolerableLoss = 0.0001;

type Size = SizeEvidence & { perRun: Rational | null };

/**
 * Whether a function should have another memory size, judged only by sizes it really ran at: other versions or aliases.
 * A size that ran out of memory, or nearly did, or succeeded less often, is no candidate, however cheap.
 */
export function rightsize(
  of: Pick<RightsizingRow, 'function' | 'environment' | 'team'>,
  cells: readonly PricedCell[],
): RightsizingRow {
  const sizes = sizesOf(cells);
  const current = [...sizes].sort((a, b) => b.invocations - a.invocations).at(0);
  const shown = sizes.map(({ perRun: _perRun, ...size }) => size);
  const none = {
    ...of,
    currentMemoryMb: current?.memoryMb ?? 0,
    sizes: shown,
    memoryMb: null,
    savingUsd: null,
    confidence: null,
    successChange: null,
    durationChangeMs: null,
  };
  const others = sizes.filter((size) => size !== current && size.invocations >= leastRuns);
  if (
    current === undefined ||
    current.perRun === null ||
    current.invocations < leastRuns ||
    others.length === 0
  )
    return {
      ...none,
      verdict: 'no evidence',
      reason: `It ran at one size only, or less than ${leastRuns} times at any other; deploy a version or alias with another size to find out.`,
    };
  const refused = others.flatMap((size) => {
    const reason = objection(current, size);
    return reason === null ? [] : [`${size.memoryMb} MB ${reason}`];
  });
  const best = others
    .filter((size) => objection(current, size) === null && size.perRun !== null)
    .sort((a, b) => compare(a.perRun ?? rational(0n), b.perRun ?? rational(0n)))
    .at(0);
  if (best?.perRun == null || compare(best.perRun, current.perRun) >= 0) {
    const why =
      refused.length === 0 ? 'No size it ran at was cheaper.' : `No better size: ${refused.join('; ')}.`;
    return { ...none, verdict: 'keep', reason: why };
  }
  const saved = multiply(subtract(current.perRun, best.perRun), rational(BigInt(current.invocations)));
  return {
    ...none,
    verdict: 'change',
    memoryMb: best.memoryMb,
    savingUsd: decimalText(saved),
    confidence: confidenceOf(Math.min(current.invocations, best.invocations)),
    successChange: (best.successRatio ?? 0) - (current.successRatio ?? 0),
    durationChangeMs: (best.meanBilledMs ?? 0) - (current.meanBilledMs ?? 0),
    reason: `${best.invocations} runs of ${best.versions.join(', ') || 'it'} at ${best.memoryMb} MB cost less each.`,
  };
}

function objection(current: Size, size: Size): string | null {
  if (size.outOfMemory > 0) return 'ran out of memory';
  const used = Math.max(current.usedMaxMb ?? 0, size.usedMaxMb ?? 0);
  if (size.memoryMb < current.memoryMb && used === 0) return 'has no figure of memory used';
  if (used * headroomRatio > size.memoryMb)
    return `leaves less than a quarter beyond the ${used} MB once used`;
  const loss = (current.successRatio ?? 0) - (size.successRatio ?? 0);
  return loss > tolerableLoss ? 'succeeded less often' : null;
}

function confidenceOf(runs: number): 'high' | 'medium' | 'low' {
  if (runs >= 10_000) return 'high';
  return runs >= 1000 ? 'medium' : 'low';
}

function sizesOf(cells: readonly PricedCell[]): Size[] {
  const bySize = new Map<number, PricedCell[]>();
  for (const one of cells) {
    if (one.cell.memory_mb === 0 || one.cell.outcome === 'throttled' || one.cell.outcome === 'rejected')
      continue;
    bySize.set(one.cell.memory_mb, [...(bySize.get(one.cell.memory_mb) ?? []), one]);
  }
  return [...bySize].sort(([a], [b]) => a - b).map(([memoryMb, own]) => sizeOf(memoryMb, own));
}

function sizeOf(memoryMb: number, cells: readonly PricedCell[]): Size {
  const runs = sum(cells.map((one) => one.runs));
  const count = Number(decimalText(runs, 0));
  const of = (outcome: string) =>
    Number(decimalText(sum(cells.filter(({ cell }) => cell.outcome === outcome).map((one) => one.runs)), 0));
  const ms = sum(cells.map(({ cell, scale }) => multiply(rational(cell.ms), scale)));
  const isPriced = count > 0 && cells.every((one) => one.isPriced);
  const perRun = isPriced ? divide(sum(cells.map(({ cost }) => cost)), runs) : null;
  const used = Math.max(...cells.map(({ cell }) => cell.used_max_bytes));
  return {
    memoryMb,
    versions: [...new Set(cells.map(({ cell }) => cell.version))].filter((name) => name !== '').sort(),
    aliases: [...new Set(cells.map(({ cell }) => cell.alias))].filter((name) => name !== '').sort(),
    invocations: count,
    meanBilledMs: count === 0 ? null : Number(decimalText(divide(ms, runs), 3)),
    costPerMillionUsd: perRun === null ? null : decimalText(multiply(perRun, rational(1_000_000n))),
    successRatio: count === 0 ? null : of('ok') / count,
    outOfMemory: of('oom'),
    usedMaxMb: used > 0 ? Math.ceil(used / 1_048_576) : null,
    perRun,
  };
}
