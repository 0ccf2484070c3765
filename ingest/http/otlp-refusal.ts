import type { IngestLog } from '../admission.js';

/** Why a whole request was refused; each is a counter. */
export type RequestRefusal =
  | 'unauthenticated'
  | 'forbidden'
  /** Our own spans, come back to us. */
  | 'own-telemetry'
  | 'throttled'
  /** A tenant that sends more than it may. */
  | 'over-rate'
  | 'unknown-path'
  /** A Firehose envelope that is none: ids that differ, no records, bad base64 or lengths. */
  | 'firehose-envelope'
  | 'method'
  | 'content-type'
  | 'content-encoding'
  | 'too-large'
  | 'undecodable'
  | 'closed'
  | 'busy'
  | 'not-stored'
  | 'hung-up'
  /** Bytes that are no HTTP request, one whose headers are too large, or that took too long to come. */
  | 'not-http'
  | 'headers-too-large'
  | 'late'
  /** The gRPC library ended the call: too large, badly compressed, late, or the sender hung up. */
  | 'grpc-not-read'
  | 'internal';

type Answer = { readonly status: number; readonly grpcCode: number };

/** HTTP status and google.rpc.Code of each refusal. Clients retry 429 and 503 and nothing else. */
const answers: Readonly<Record<RequestRefusal, Answer>> = {
  unauthenticated: { status: 401, grpcCode: 16 },
  'own-telemetry': { status: 400, grpcCode: 9 },
  forbidden: { status: 403, grpcCode: 7 },
  throttled: { status: 429, grpcCode: 8 },
  'over-rate': { status: 429, grpcCode: 8 },
  'unknown-path': { status: 404, grpcCode: 12 },
  'firehose-envelope': { status: 400, grpcCode: 3 },
  'grpc-not-read': { status: 413, grpcCode: 8 },
  method: { status: 405, grpcCode: 12 },
  'content-type': { status: 415, grpcCode: 3 },
  'content-encoding': { status: 415, grpcCode: 3 },
  'too-large': { status: 413, grpcCode: 8 },
  undecodable: { status: 400, grpcCode: 3 },
  closed: { status: 503, grpcCode: 14 },
  busy: { status: 503, grpcCode: 14 },
  'not-stored': { status: 503, grpcCode: 14 },
  'hung-up': { status: 400, grpcCode: 1 },
  'not-http': { status: 400, grpcCode: 3 },
  'headers-too-large': { status: 431, grpcCode: 8 },
  late: { status: 408, grpcCode: 4 },
  internal: { status: 500, grpcCode: 13 },
};

/** A refused request: thrown anywhere on its way, answered in one place. The message is for the sender. */
export class OtlpRefusal extends Error {
  override readonly name = 'OtlpRefusal';
  readonly reason: RequestRefusal;
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the same request will never be taken. */
  readonly retryAfterSeconds: number | null;
  /** Whose request it was, once that is known. */
  tenant: string | null = null;

  constructor(
    reason: RequestRefusal,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.reason = reason;
    this.headers = headers;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  ofTenant(tenant: string): this {
    this.tenant = tenant;
    return this;
  }

  get status(): number {
    return answers[this.reason].status;
  }

  get grpcCode(): number {
    return answers[this.reason].grpcCode;
  }
}

/** A refusal that is worth another try after so many seconds. */
export function retryLater(
  reason: 'throttled' | 'over-rate' | 'closed' | 'busy' | 'not-stored',
  message: string,
  seconds: number,
): OtlpRefusal {
  const wholeSeconds = Math.max(1, Math.ceil(seconds));
  return new OtlpRefusal(reason, message, { 'retry-after': String(wholeSeconds) }, wholeSeconds);
}

/** The budget of bodies is used up. */
export function tooManyBodies(): OtlpRefusal {
  return retryLater('busy', 'Too many large requests at the same time', 1);
}

/** What the sender is told of any error on the way of his request. */
export function asRefusal(error: unknown, log: IngestLog): OtlpRefusal {
  if (error instanceof OtlpRefusal) return error;
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 415) {
    return new OtlpRefusal('content-type', 'The Content-Type cannot be read');
  }
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 400) {
    return new OtlpRefusal('undecodable', error.message);
  }
  log.error({ err: error }, 'A request with telemetry failed in a way it should not');
  return new OtlpRefusal('internal', 'The server failed; its log says why');
}
