import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import { z } from 'zod';

/** Checks what goes out: an answer that breaks its own contract is our failure, not the caller's data. */
export const zodSerializer: FastifySerializerCompiler<unknown> = ({ schema, method, url, httpStatus }) => {
  const place = `${method} ${url} answering ${httpStatus ?? ''}`;
  if (!(schema instanceof z.ZodType)) throw new Error(`${place}: the schema is not a zod schema`);
  return (answer) => {
    const result = schema.safeParse(answer);
    if (!result.success)
      throw new Error(`${place} breaks its schema: ${z.prettifyError(result.error)}`, {
        cause: result.error,
      });
    return JSON.stringify(result.data);
  };
};
