import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { ProblemError } from '../schemas/problem.js';
import { describeIssues } from './describe-issues.js';

/** Checks what comes in; the handler receives what the schema made of it. */
export const zodValidator: FastifySchemaCompiler<unknown> = ({ schema, httpPart, method, url }) => {
  if (!(schema instanceof z.ZodType))
    throw new Error(`${method} ${url}: the ${httpPart} schema is not a zod schema`);
  return (input: unknown) => {
    const result = schema.safeParse(input);
    if (result.success) return { value: result.data };
    const message = describeIssues(httpPart ?? 'body', result.error.issues, input);
    return { error: new ProblemError('BAD_REQUEST', message, { cause: result.error }) };
  };
};
