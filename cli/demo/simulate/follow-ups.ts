import type { Arrival } from './arrival.js';
import type { Conditions } from './conditions.js';
import type { DemoInvocation } from './invocation.js';
import type { Random } from './random.js';

const usPerMs = 1000;

/** The next attempt of a failed event; null when it went well, or when nobody tries again. */
export function nextAttempt(
  invocation: DemoInvocation,
  conditions: Conditions,
  random: Random,
): Arrival | null {
  const { retry } = invocation.function;
  if (retry === null || invocation.outcome === 'ok' || invocation.isDuplicate) return null;
  const attempts = conditions.attempts ?? retry.attempts;
  if (invocation.attempt >= attempts) {
    invocation.isDeadLetter = true;
    return null;
  }
  const delayMs = retry.delaysMs[Math.min(invocation.attempt, retry.delaysMs.length) - 1] ?? 1_000;
  return {
    atUs: invocation.startUs + invocation.durationUs + delayMs * usPerMs + random.below(2_000_000),
    traceId: null,
    parentSpanId: null,
    region: invocation.region,
    attempt: invocation.attempt + 1,
    invocationId: retry.reusesId ? invocation.invocationId : null,
    eventId: invocation.eventId,
    isDuplicate: false,
    caller: null,
  };
}

/** A second delivery of a message that was handled already. */
export function secondDelivery(invocation: DemoInvocation, random: Random): Arrival | null {
  if (!random.chance(invocation.function.duplicateRatio) || invocation.outcome !== 'ok') return null;
  return {
    atUs: invocation.startUs + invocation.durationUs + random.below(30_000_000),
    traceId: null,
    parentSpanId: null,
    region: invocation.region,
    attempt: 1,
    invocationId: null,
    eventId: invocation.eventId,
    isDuplicate: true,
    caller: null,
  };
}

/** The runs of other functions that this one starts, with the name of each. */
export function startedBy(invocation: DemoInvocation, random: Random): { to: string; arrival: Arrival }[] {
  const started: { to: string; arrival: Arrival }[] = [];
  // Workers send no trace context along.
  const isPropagated = invocation.function.sender !== 'cloudflare';
  for (const call of invocation.function.calls) {
    const isMade = random.chance(call.ratio);
    const spanId = random.hex(8);
    if (!isMade || invocation.outcome !== 'ok') continue;
    const isPublish = call.via === 'queue';
    const at = 0.1 + 0.5 * random.unit();
    const startUs = invocation.startUs + Math.floor(invocation.durationUs * at);
    const kind = isPublish ? ('publish' as const) : ('function' as const);
    const durationUs = Math.min(4 * usPerMs, invocation.startUs + invocation.durationUs - startUs);
    const outgoing = { name: call.to, kind, spanId, startUs, durationUs, failed: false };
    invocation.outgoing.push(outgoing);
    for (let message = 0; message < call.fanOut; message++) {
      const delayUs = isPublish ? 20 * usPerMs + random.below(900_000) : usPerMs + random.below(3_000);
      started.push({
        to: call.to,
        arrival: {
          atUs: startUs + delayUs,
          traceId: isPropagated ? invocation.traceId : null,
          parentSpanId: isPropagated ? spanId : null,
          region: invocation.region,
          attempt: 1,
          invocationId: null,
          eventId: null,
          isDuplicate: false,
          caller: isPublish ? null : { invocation, outgoing },
        },
      });
    }
  }
  return started;
}
