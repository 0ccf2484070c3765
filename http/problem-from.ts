import { z } from 'zod';
import { type ProblemCode, ProblemError } from '../schemas/problem.js';

/** The part of fastify's and its plugins' errors that tells a caller's mistake from ours. */
const FrameworkError = z.object({ statusCode: z.number(), code: z.string(), message: z.string() });

type Known = { code: ProblemCode; message: string };

const byFrameworkCode: Record<string, Known> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'PAYLOAD_TOO_LARGE',
    message: 'The body is larger than this endpoint takes.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'BAD_REQUEST', message: 'The body is not valid JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'BAD_REQUEST',
    message: 'The body is empty, but the content type says JSON: send a body or leave the content type out.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'BAD_REQUEST',
    message: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    code: 'BAD_REQUEST',
    message: 'The path has a percent sign that is not followed by two hex digits.',
  },
};

const byStatus: Record<number, ProblemCode> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** Turns whatever was thrown into what the caller may know. Nothing of an unexpected failure leaves the process. */
export function problemFrom(
  error: unknown,
  contentType: string | undefined,
  describeError: (error: unknown) => ProblemError | null,
): ProblemError {
  if (error instanceof ProblemError) return error;
  const described = describeError(error);
  if (described !== null) return described;
  const framework = FrameworkError.safeParse(error);
  if (framework.success && framework.data.statusCode >= 400 && framework.data.statusCode < 500) {
    const known = byFrameworkCode[framework.data.code];
    const code = known?.code ?? byStatus[framework.data.statusCode] ?? 'BAD_REQUEST';
    const sent =
      contentType === undefined ? 'A body without a content type' : `The content type "${contentType}"`;
    const message = code === 'UNSUPPORTED_MEDIA_TYPE' ? `${sent} is not read here.` : framework.data.message;
    return new ProblemError(code, known?.message ?? message, { cause: error });
  }
  return new ProblemError('INTERNAL', 'The server failed while answering this request.', { cause: error });
}
