import type { FunctionSummary } from '../../../schemas/functions.js';
import type { InvocationRow } from '../../../schemas/invocations.js';
import type { BudgetRow } from './slo/budget-rows.js';

type Cell = string | number;
type Column<Row> = readonly [head: string, of: (row: Row) => Cell | null];

const functionColumns: readonly Column<FunctionSummary>[] = [
  ['function', (row) => row.function],
  ['environment', (row) => row.environment],
  ['team', (row) => row.team],
  ['provider', (row) => row.provider],
  ['region', (row) => row.region],
  ['invocations', (row) => row.invocations],
  ['failed', (row) => row.bad],
  ['success ratio', (row) => row.successRatio],
  ['p50 ms', (row) => row.p50Ms],
  ['p95 ms', (row) => row.p95Ms],
  ['p99 ms', (row) => row.p99Ms],
  ['cold starts', (row) => row.coldStarts],
  ['throttles', (row) => row.throttles],
  ['retries', (row) => row.retries],
  ['duplicates', (row) => row.duplicates],
  ['coverage ratio', (row) => row.coverageRatio],
  ['last seen', (row) => row.lastSeenAt],
];

const invocationColumns: readonly Column<InvocationRow>[] = [
  ['started', (row) => row.startedAt],
  ['outcome', (row) => row.outcome],
  ['took ms', (row) => row.durationMs],
  ['cold', (row) => String(row.cold)],
  ['error', (row) => [row.errorType, row.errorMessage].filter((text) => text !== '').join(': ')],
  ['version', (row) => row.version],
  ['region', (row) => row.region],
  ['environment', (row) => row.environment],
  ['attempt', (row) => row.attempt],
  ['invocation id', (row) => row.invocationId],
  ['trace id', (row) => row.traceId],
];

const budgetColumns: readonly Column<BudgetRow>[] = [
  ['objective', (row) => row.title],
  ['id', (row) => row.id],
  ['scope', (row) => row.scope],
  ['owner', (row) => row.owner],
  ['status', (row) => row.status],
  ['promised ratio', (row) => row.objective],
  ['good', (row) => row.good],
  ['total', (row) => row.total],
  ['budget left ratio', (row) => row.remainingRatio],
];

/** Every row of a list with its exact figures, under a head; nothing where a figure is not known. */
function rowsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Cell[][] {
  return [columns.map(([head]) => head), ...rows.map((row) => columns.map(([, of]) => of(row) ?? ''))];
}

export const functionCsvRows = (rows: readonly FunctionSummary[]): Cell[][] => rowsOf(functionColumns, rows);
export const invocationCsvRows = (rows: readonly InvocationRow[]): Cell[][] =>
  rowsOf(invocationColumns, rows);
export const budgetCsvRows = (rows: readonly BudgetRow[]): Cell[][] => rowsOf(budgetColumns, rows);
