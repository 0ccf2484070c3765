import type { z } from 'zod';
import { WarehouseError } from '../warehouse-error.js';

/** Turns one line of JSONEachRow into a checked row. */
export function rowParser<Row>(schema: z.ZodType<Row>, queryId: string): (line: string) => Row {
  return (line) => {
    const result = schema.safeParse(readJson(line, queryId));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const column = issue === undefined || issue.path.length === 0 ? 'the row' : `"${issue.path.join('.')}"`;
    const message = `The answer does not fit its schema at column ${column}: ${issue?.message ?? 'not valid'}`;
    throw new WarehouseError('bad-query', message, { queryId, cause: result.error });
  };
}

function readJson(line: string, queryId: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    // Servers older than 25.11 write the exception that stopped a stream as its last line.
    if (/^Code: \d+\. DB::Exception/.test(line)) throw new Error(line, { cause });
    throw new WarehouseError('bad-query', 'The engine answered a row that is not JSON', { queryId, cause });
  }
}
