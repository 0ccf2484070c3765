import { z } from 'zod';

/**
 * Every error an API answers, with its HTTP status and what the reader can do about it.
 * `docs/errors.md` lists the same table; a code is never reused for another meaning.
 */
export const problemTable = {
  BAD_REQUEST: { status: 400, remedy: 'Correct the named field and send the request again.' },
  UNAUTHENTICATED: { status: 401, remedy: 'Send an API key: "Authorization: Bearer cbk_…", or sign in.' },
  FORBIDDEN: {
    status: 403,
    remedy: 'Use a key whose role allows this; an admin can create one with "coldburn token create".',
  },
  NOT_FOUND: { status: 404, remedy: 'Check the path; GET /api/v1/openapi.json lists every endpoint.' },
  METHOD_NOT_ALLOWED: { status: 405, remedy: 'Use one of the methods in the Allow header.' },
  SLO_IN_FILE: { status: 409, remedy: 'Change the file; it is read again within half a minute.' },
  INCIDENT_OVER: { status: 409, remedy: 'Reopen it first: POST /api/v1/incidents/ID/reopen.' },
  DEMO_NOT_EMPTY: {
    status: 409,
    remedy: 'Give the demo a data directory of its own: COLDBURN_DATA_DIR=./demo npm start -- --demo.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, remedy: 'Send smaller batches, or raise the limit in coldburn.yaml.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, remedy: 'Send the content type the endpoint documents.' },
  TOO_MANY_REQUESTS: { status: 429, remedy: 'Wait as long as the Retry-After header says.' },
  INTERNAL: { status: 500, remedy: 'Look for the requestId in the server log and report it with that line.' },
  QUERY_LIMIT: {
    status: 422,
    remedy: 'Ask for a shorter window or fewer groups, or raise the query limits in coldburn.yaml.',
  },
  NO_PRICE: {
    status: 422,
    remedy:
      'Set what is missing under cost in coldburn.yaml (rates, exchange, functions), or ask of fewer functions: docs/cost.md.',
  },
  UNAVAILABLE: {
    status: 503,
    remedy: 'Try again after the time in Retry-After; /readyz says what is missing.',
  },
} as const satisfies Record<string, { status: number; remedy: string }>;

export type ProblemCode = keyof typeof problemTable;

const problemCodes = Object.keys(problemTable) as [ProblemCode, ...ProblemCode[]];

/** The body of every refused API request. */
export const Problem = z
  .object({
    code: z.enum(problemCodes),
    message: z.string().meta({ description: 'What is wrong, and where' }),
    remedy: z.string().meta({ description: 'What to do about it' }),
    requestId: z.string().meta({ description: 'Also in the x-request-id header and the server log' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** An expected refusal: thrown anywhere below a route, answered by the one error handler as a Problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ProblemCode,
    message: string,
    options: { retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
