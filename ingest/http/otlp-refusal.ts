/** Why a whole request was refused; each is a counter. */
export type RequestRefusal =
  | 'unauthenticated'
  | 'forbidden'
  /** Our own spans, come back to us. */
  | 'own-telemetry'
  | 'throttled'
  | 'unknown-path'
  | 'metrics-not-accepted'
  | 'logs-not-accepted'
  | 'method'
  | 'content-type'
  | 'content-encoding'
  | 'too-large'
  | 'undecodable'
  | 'closed'
  | 'busy'
  | 'not-stored'
  | 'hung-up'
  | 'internal';

type Answer = { readonly status: number; readonly grpcCode: number };

/** HTTP status and google.rpc.Code of each refusal. Clients retry 429 and 503 and nothing else. */
const answers: Readonly<Record<RequestRefusal, Answer>> = {
  unauthenticated: { status: 401, grpcCode: 16 },
  'own-telemetry': { status: 400, grpcCode: 9 },
  forbidden: { status: 403, grpcCode: 7 },
  throttled: { status: 429, grpcCode: 8 },
  'unknown-path': { status: 404, grpcCode: 12 },
  'metrics-not-accepted': { status: 404, grpcCode: 12 },
  'logs-not-accepted': { status: 404, grpcCode: 12 },
  method: { status: 405, grpcCode: 12 },
  'content-type': { status: 415, grpcCode: 3 },
  'content-encoding': { status: 415, grpcCode: 3 },
  'too-large': { status: 413, grpcCode: 8 },
  undecodable: { status: 400, grpcCode: 3 },
  closed: { status: 503, grpcCode: 14 },
  busy: { status: 503, grpcCode: 14 },
  'not-stored': { status: 503, grpcCode: 14 },
  'hung-up': { status: 400, grpcCode: 1 },
  internal: { status: 500, grpcCode: 13 },
};

/** A refused request: thrown anywhere on its way, answered in one place. The message is for the sender. */
export class OtlpRefusal extends Error {
  override readonly name = 'OtlpRefusal';
  readonly reason: RequestRefusal;
  readonly headers: Readonly<Record<string, string>>;

  constructor(reason: RequestRefusal, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.reason = reason;
    this.headers = headers;
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
  reason: 'throttled' | 'closed' | 'busy' | 'not-stored',
  message: string,
  seconds: number,
): OtlpRefusal {
  return new OtlpRefusal(reason, message, { 'retry-after': String(Math.max(1, Math.ceil(seconds))) });
}
