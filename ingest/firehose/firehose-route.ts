import type { FastifyReply, FastifyRequest } from 'fastify';
import { admit } from '../export/admit.js';
import { noteFailure, storeExport } from '../export/store-export.js';
import type { ExportRouteDeps } from '../http/export-route.js';
import { presentedKey } from '../http/presented-key.js';
import { takeBody } from '../http/take-body.js';
import { signals } from '../signal.js';
import { firehoseAnswer } from './firehose-answer.js';
import { deliveryOf } from './firehose-envelope.js';

export const firehosePath = '/v1/firehose';

const keyHint = 'set the access key of the Firehose HTTP endpoint to an API key of role "ingest"';

/** Takes one delivery of a CloudWatch metric stream (OpenTelemetry 1.0); answers only when its rows are on disk. */
export async function takeFirehose(
  deps: ExportRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const startedMs = deps.nowMs();
  const { headers } = request;
  const accessKey = headers['x-amz-firehose-access-key'];
  const tenant = await admit(deps, {
    key: typeof accessKey === 'string' && accessKey !== '' ? accessKey : presentedKey(headers),
    remoteAddress: request.ip,
    origin: undefined,
    keyHint,
  });
  const sender = headers['x-amz-firehose-source-arn']?.toString() ?? headers['user-agent'] ?? 'firehose';
  const signal = signals.metrics;
  try {
    // The body is read in any case, so that a sender of something else hears the answer and not a closed door.
    const requestId = await takeBody(deps, request, async (bytes, wireBytes) => {
      const delivery = deliveryOf(headers);
      const body = { bytes, encoding: 'protobuf', delivery } as const;
      await storeExport(deps, { signal, tenant, sender, wireBytes, body, startedMs });
      return delivery.requestId;
    });
    return reply
      .header('content-type', 'application/json')
      .send(firehoseAnswer(requestId, deps.nowMs(), null));
  } catch (error) {
    throw noteFailure(deps, { tenant, sender }, error);
  }
}
