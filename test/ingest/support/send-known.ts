import { Buffer } from 'node:buffer';
import { type KnownRequest, knownRequests } from './crash/known-request.js';
import type { SenderBook } from './crash/persistent-senders.js';
import { exportPath, type GrpcAnswer, rawClient } from './grpc-client.js';
import { type Answer, sendRaw } from './raw-http.js';

/** Sends requests whose spans are known, and books those that were acknowledged. */
export function knownSender(sender: number) {
  const next = knownRequests(sender);
  const book: SenderBook = { spans: new Set(), runs: new Set(), requests: 0, retries: 0 };
  const acknowledged = ({ spanIds, runId }: KnownRequest): void => {
    book.requests++;
    book.runs.add(runId);
    for (const id of spanIds) book.spans.add(id);
  };
  return {
    book,
    http: async (port: number, spans?: number): Promise<Answer> => {
      const request = next(spans);
      const answer = await sendRaw(port, request.message, { 'content-type': 'application/x-protobuf' });
      if (answer.status === 200) acknowledged(request);
      return answer;
    },
    grpc: async (port: number): Promise<GrpcAnswer> => {
      const request = next();
      const client = rawClient(port);
      const answer = await client.call(exportPath('trace'), Buffer.from(request.message));
      client.close();
      if (answer.code === 0) acknowledged(request);
      return answer;
    },
  };
}
