import { type PricedCell, priceCells } from '../../../../query/cost/analysis/priced-cell.js';
import { loadPriceBooks } from '../../../../query/cost/load-price-book.js';
import { cellPricing } from '../../../../query/cost/read-priced-cells.js';
import type { Cell } from '../../../../query/cost/store/read-cells.js';
import { Cost } from '../../../../schemas/config/cost.js';

const settings = Cost.parse({});
const pricing = cellPricing(
  { books: await loadPriceBooks(settings), settings },
  new Date('2026-11-01T00:00:00Z'),
);

/** A kind of run; `ms` is the billed time of all of them. */
export function cell(more: Partial<Cell>): Cell {
  const memory_mb = more.memory_mb ?? 1024;
  const runs = more.runs ?? 1000n;
  const ms = more.ms ?? runs * 100n;
  return {
    function: 'f',
    environment: 'production',
    team: 'checkout',
    version: '1',
    alias: '',
    provider: 'aws',
    region: 'us-east-1',
    arch: 'x86_64',
    billing: 'aws-lambda',
    cold: false,
    outcome: 'ok',
    weight: 1,
    retries: 0n,
    duplicates: 0n,
    units: runs,
    cpu: 0n,
    init_ns: 0n,
    ms_without_memory: 0n,
    used_max_bytes: 0,
    ...more,
    memory_mb,
    runs,
    ms,
    mb_ms: ms * BigInt(memory_mb),
  };
}

export function priced(...cells: Partial<Cell>[]): PricedCell[] {
  return priceCells(cells.map(cell), pricing);
}
