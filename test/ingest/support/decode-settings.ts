import { type DecodeSettings, openDecoder } from '../../../ingest/decoding/decode-settings.js';
import type { Job } from '../../../ingest/decoding/job.js';
import { tellKnowledge } from '../../../ingest/decoding/knowledge.js';
import { defaultRetention } from '../../../schemas/retention.js';
import { receivedAtMs } from './decode.js';
import { defaultIngest } from './default-rules.js';
import { keepEverything, wideLimits } from './wide-limits.js';

/** Keeps everything and hides nothing. */
export const decodeSettings: DecodeSettings = {
  limits: wideLimits,
  sampling: keepEverything,
  retention: defaultRetention,
  redaction: { rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) },
  classification: defaultIngest.classification,
  attribution: defaultIngest.attribution,
  cost: { functions: [], provisioned: [] },
  seed: 1,
};

/** A request of traces in JSON for the thread, of a process that knows nothing yet. */
export function jobOf(body: Uint8Array): Job {
  const { knowledge } = openDecoder(decodeSettings, {
    write: () => {
      throw new Error('Nothing is written here');
    },
    nowMs: () => receivedAtMs,
  });
  return {
    signal: 'traces',
    tenant: 'default',
    bytes: Uint8Array.from(body),
    encoding: 'json',
    delivery: null,
    nowMs: receivedAtMs,
    knowledge: tellKnowledge(knowledge, 'default', receivedAtMs),
  };
}
