import type { MadeOf, RunFact } from './facts.js';

/** A run on its way to a wanted row: told, reported or made. */
export type Row = {
  run: RunFact;
  source: 'span' | 'report' | 'inferred';
  reported: boolean;
  made: MadeOf | null;
};

/** Sixteen hexadecimal digits that stand for an invocation no span told an id for; the same however often it is made. */
export function madeSpanId(run: string, source: 'report' | 'inferred'): string {
  const id = BigInt.asUintN(64, source === 'report' ? BigInt(run) : ~BigInt(run));
  return id.toString(16).padStart(16, '0');
}
