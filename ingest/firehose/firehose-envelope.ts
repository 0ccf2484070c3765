import { Buffer } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { OtlpRefusal } from '../http/otlp-refusal.js';
import { splitRecord } from './split-record.js';

/** Limits of the Firehose HTTP endpoint specification. */
const maxRecords = 10_000;
const maxCommonAttributes = 50;

const RequestBody = z.looseObject({
  requestId: z.string().min(1).max(200),
  records: z.array(z.looseObject({ data: z.string() })).max(maxRecords),
});

const CommonAttributes = z.object({
  commonAttributes: z
    .record(z.string(), z.string())
    .refine((attributes) => Object.keys(attributes).length <= maxCommonAttributes),
});

/** What the headers say of a delivery. */
export type Delivery = {
  /** The same in all its tries. */
  readonly requestId: string;
  /** What the owner of the stream wants added to everything in it. */
  readonly attributes: ReadonlyMap<string, string>;
};

export function deliveryOf(headers: IncomingHttpHeaders): Delivery {
  const requestId = requestIdOf(headers);
  if (requestId === null) throw bad('The header X-Amz-Firehose-Request-Id is missing');
  return { requestId, attributes: commonAttributesOf(headers) };
}

/** The id of a request, the same in all its retries; null when the header is missing. */
export function requestIdOf(headers: IncomingHttpHeaders): string | null {
  const id = headers['x-amz-firehose-request-id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * What the records of a delivery hold, in their order: ExportMetricsServiceRequests. One bad record spoils the whole,
 * since Firehose keeps what was not taken and nothing else can.
 */
export function readDelivery(
  { requestId: headerId }: Pick<Delivery, 'requestId'>,
  body: Buffer,
): Uint8Array[] {
  const parsed = RequestBody.safeParse(parseJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(`The body is no Firehose request: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const { requestId, records } = parsed.data;
  if (requestId !== headerId) {
    throw bad(`The body is of request "${requestId}" but the header of "${headerId}"`);
  }
  return records.flatMap(({ data }, index) => splitRecord(decodeBase64(data, index), index));
}

function commonAttributesOf(headers: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const text = headers['x-amz-firehose-common-attributes'];
  if (typeof text !== 'string' || text === '') return new Map();
  const parsed = CommonAttributes.safeParse(parseJson(Buffer.from(text, 'latin1')));
  if (!parsed.success) {
    throw bad('The header X-Amz-Firehose-Common-Attributes is not {"commonAttributes": {name: text}}');
  }
  return new Map(Object.entries(parsed.data.commonAttributes));
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Buffer passes over what is not base64; the length tells. */
function decodeBase64(data: string, index: number): Buffer {
  const bytes = Buffer.from(data, 'base64');
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  const isWhole = data.length % 4 === 0 && bytes.length === (data.length / 4) * 3 - padding;
  if (!isWhole) throw bad(`Record ${index} is not base64`);
  return bytes;
}

function bad(message: string): OtlpRefusal {
  return new OtlpRefusal('firehose-envelope', message);
}
