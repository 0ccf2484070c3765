import { ProblemError } from '../schemas/problem.js';
import { WarehouseError } from './warehouse-error.js';

/** What a failed statement means to whoever called the API; null for our own mistakes, which stay INTERNAL. */
export function describeWarehouseError(error: unknown): ProblemError | null {
  if (!(error instanceof WarehouseError)) return null;
  const away = (message: string, retryAfterSeconds: number) =>
    new ProblemError('UNAVAILABLE', message, { retryAfterSeconds, cause: error });
  switch (error.kind) {
    case 'resource-limit':
      return new ProblemError('QUERY_LIMIT', 'The question takes more time or memory than one query may.', {
        cause: error,
      });
    case 'overloaded':
      return away('Too many queries are waiting already.', 2);
    case 'retryable':
      return away('The database could not answer just now.', 1);
    case 'unavailable':
      return away('The database cannot be reached.', 5);
    case 'cancelled':
      return away('The query was stopped before it finished.', 1);
    case 'bad-query':
      return null;
  }
}
