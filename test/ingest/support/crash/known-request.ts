import { Buffer } from 'node:buffer';
import { messageType } from '../otlp-proto.js';

/** One request, and the span ids that must be found when it was acknowledged. */
export type KnownRequest = {
  message: Buffer;
  json: () => Buffer;
  /** One of them is the run, the others are steps in it. */
  spanIds: readonly string[];
  runId: string;
};

const usualSpans = 10;
const type = messageType('ExportTraceServiceRequest');
const serverKind = 2;
const internalKind = 1;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/**
 * Requests of one sender, each with ids that no other has: the sender's number, then a count. A filler in the run makes
 * them large.
 */
export function knownRequests(sender: number, fillerBytes = 0): (spans?: number) => KnownRequest {
  const prefix = (sender + 1).toString(16).padStart(4, '0');
  let count = 0;
  const newId = () => `${prefix}${(++count).toString(16).padStart(12, '0')}`;
  return (wantedSpans = usualSpans) => {
    const now = Date.now();
    const spanIds = Array.from({ length: wantedSpans }, newId);
    const [runId = ''] = spanIds;
    const traceId = runId.padStart(32, '1');
    const filler = fillerBytes === 0 ? [] : [text('filler', 'x'.repeat(fillerBytes))];
    const spans = spanIds.map((spanId, index) => ({
      traceId,
      spanId,
      ...(index === 0 ? {} : { parentSpanId: runId }),
      name: index === 0 ? 'run' : `step ${index}`,
      kind: index === 0 ? serverKind : internalKind,
      startTimeUnixNano: `${now}000000`,
      endTimeUnixNano: `${now + 1}000000`,
      attributes:
        index === 0 ? [text('faas.invocation_id', runId), ...filler] : [text('step', String(index))],
    }));
    const attributes = [text('service.name', 'crash'), text('faas.name', 'crash')];
    const request = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] };
    return {
      message: Buffer.from(type.encode(type.fromObject(binaryIds(request))).finish()),
      json: () => Buffer.from(JSON.stringify(request)),
      spanIds,
      runId,
    };
  };
}

function binaryIds(request: object): object {
  return JSON.parse(JSON.stringify(request), (key, value) =>
    /^(trace|span|parentSpan)Id$/.test(key) ? Buffer.from(value, 'hex').toString('base64') : value,
  );
}
