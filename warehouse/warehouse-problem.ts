import { ProblemError } from '../schemas/problem.js';
import { WarehouseError } from './warehouse-error.js';

/** What a failed statement means to whoever asked over the API; null when the failure is not the warehouse's. */
export function warehouseProblem(error: unknown): ProblemError | null {
  if (!(error instanceof WarehouseError)) return null;
  switch (error.kind) {
    case 'resource-limit':
      return new ProblemError('QUERY_LIMIT', error.message, { cause: error });
    case 'overloaded':
      return new ProblemError('UNAVAILABLE', 'Too many questions are waiting for ClickHouse.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    case 'retryable':
    case 'unavailable':
      return new ProblemError('UNAVAILABLE', `ClickHouse does not answer: ${error.message}`, {
        retryAfterSeconds: 5,
        cause: error,
      });
    case 'cancelled':
      return new ProblemError('UNAVAILABLE', 'The question was cancelled before it was answered.', {
        retryAfterSeconds: 1,
        cause: error,
      });
    case 'bad-query':
      return null;
  }
}
