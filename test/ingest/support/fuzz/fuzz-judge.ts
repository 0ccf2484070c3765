import type { Buffer } from 'node:buffer';
import { z } from 'zod';
import { messageType } from '../otlp-proto.js';
import type { Shot } from './fuzz-shot.js';

/** What came back; of gRPC the code is the status. */
export type Reply = {
  status: number;
  contentType: string;
  retryAfter: string | null;
  body: Buffer;
  details: string;
};

const RpcStatus = messageType('RpcStatus');
const ExportResponse = messageType('ExportTraceServiceResponse');

const StatusJson = z.strictObject({ code: z.int(), message: z.string().min(10) });
const PartialSuccess = z.partialRecord(
  z.enum(['rejectedSpans', 'rejectedDataPoints', 'rejectedLogRecords', 'errorMessage']),
  z.string(),
);
const ExportJson = z.strictObject({ partialSuccess: PartialSuccess.optional() });
const FirehoseJson = z.strictObject({
  requestId: z.string(),
  timestamp: z.int(),
  errorMessage: z.string().min(10).optional(),
});

/** The statuses of docs/ingest.md, and the code each has in its body and over gRPC. */
const httpStatuses = new Set([200, 204, 400, 404, 405, 408, 413, 415, 431, 503]);
const grpcCodes = new Set([0, 3, 8, 12, 13, 14]);

/** Says what is wrong with an answer, null when it is one that is documented. */
export function problemOf(shot: Shot, reply: Reply): string | null {
  if (shot.port === 'grpc') return grpcProblem(reply);
  if (!httpStatuses.has(reply.status)) return `status ${reply.status} is not documented`;
  if (reply.status === 503 && reply.retryAfter === null) return '503 without Retry-After';
  if (reply.status === 204) return reply.body.length === 0 ? null : 'a preflight has a body';
  try {
    if (isFirehose(shot, reply)) return firehoseProblem(reply);
    if (reply.contentType === 'application/json') {
      const shape = reply.status === 200 ? ExportJson : StatusJson;
      const parsed = shape.safeParse(JSON.parse(reply.body.toString()));
      return parsed.success ? null : `${reply.status} with ${reply.body.toString().slice(0, 200)}`;
    }
    if (reply.contentType !== 'application/x-protobuf') return `content type "${reply.contentType}"`;
    return protobufProblem(reply);
  } catch (error) {
    return `${reply.status} with a body that cannot be read: ${error}`;
  }
}

/** Of a damaged head nobody knows the address as the server read it, so such an answer may have either shape. */
function isFirehose(shot: Shot, { body, contentType }: Reply): boolean {
  if (shot.port === 'http') return shot.path.split('?')[0] === '/v1/firehose';
  return contentType === 'application/json' && FirehoseJson.safeParse(JSON.parse(body.toString())).success;
}

function protobufProblem({ status, body }: Reply): string | null {
  if (status === 200) {
    ExportResponse.decode(body);
    return null;
  }
  const { message } = RpcStatus.toObject(RpcStatus.decode(body));
  return typeof message === 'string' && message.length > 10 ? null : `${status} without a sentence`;
}

function firehoseProblem({ status, contentType, body }: Reply): string | null {
  const parsed = FirehoseJson.safeParse(JSON.parse(body.toString()));
  if (!parsed.success || contentType !== 'application/json')
    return `Firehose: ${body.toString().slice(0, 200)}`;
  return (status === 200) === (parsed.data.errorMessage === undefined)
    ? null
    : `Firehose ${status} and its body differ`;
}

function grpcProblem({ status, body, details }: Reply): string | null {
  if (!grpcCodes.has(status)) return `gRPC code ${status} is not documented: ${details}`;
  if (status !== 0)
    return details.length > 10 ? null : `gRPC code ${status} without a sentence: "${details}"`;
  ExportResponse.decode(body);
  return null;
}
