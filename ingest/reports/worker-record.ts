import type { AttributeReader } from '../classify/known-keys.js';
import { cloudflareOutcome } from '../classify/outcome.js';
import { nothingTold, type PlatformReport } from './platform-report.js';

/**
 * Reads the record Workers write of each invocation: its attributes are those of the root span, the invocation's id and its
 * outcome among them. Null without both.
 */
export function parseWorkerRecord(attributes: AttributeReader): PlatformReport | null {
  const told = attributes.text('cloudflare.outcome');
  const invocationId = attributes.text('faas.invocation_id');
  if (told === null || invocationId === null) return null;
  const outcome = cloudflareOutcome(told);
  return {
    ...nothingTold,
    teller: 'cloudflare',
    invocationId,
    outcome,
    errorType: outcome === 'ok' ? '' : told,
    durationMs: attributes.number('wall_time_ms') ?? attributes.number('wall_time') ?? 0,
    initMs: attributes.number('cloudflare.cold_start_ms') ?? attributes.number('cold_start_ms') ?? 0,
  };
}
