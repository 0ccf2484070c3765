import type { DemoFunction, LatencyModel } from '../fleet/demo-function.js';
import type { SenderName } from '../fleet/senders.js';
import type { Arrival } from './arrival.js';
import type { Conditions } from './conditions.js';
import type { InstancePool } from './instance-pool.js';
import type { DemoInvocation, DemoOutcome, Outgoing } from './invocation.js';
import type { Random } from './random.js';

const usPerMs = 1000;
/** A refused call is answered at once. */
const throttleUs = 3 * usPerMs;

export type Place = { region: string; version: string; alias: string };
type Ending = { outcome: DemoOutcome; errorType: string; errorMessage: string };

const ok: Ending = { outcome: 'ok', errorType: '', errorMessage: '' };

/** Plays one run: which instance, how long, how it ends, and what it calls outside the fleet. */
export function runOnce(
  demoFunction: DemoFunction,
  place: Place,
  arrival: Arrival,
  { conditions, pool, random }: { conditions: Conditions; pool: InstancePool; random: Random },
): DemoInvocation {
  const traceId = arrival.traceId ?? random.hex(16);
  const spanId = random.hex(8);
  const invocationId = arrival.invocationId ?? idFor(demoFunction.sender, random);
  const isThrottled = random.chance(conditions.throttledRatio) && demoFunction.trigger === 'http';
  const { slot, isCold } = isThrottled
    ? { slot: { freeAtUs: 0, id: '', skewUs: 0 }, isCold: false }
    : pool.take(arrival.atUs);
  const initUs = isCold ? draw(random, demoFunction.cold, conditions.coldSlower) : 0;
  const startUs = arrival.atUs + initUs;
  const { run } = demoFunction;
  const tail = random.chance(run.tailRatio) ? run.tailFactor : 1;
  const ownUs = draw(random, run, tail * conditions.slower);
  const { outgoing, failure, waitedUs } = callDependencies(demoFunction, startUs, conditions, random);
  const ending = isThrottled
    ? { outcome: 'throttled' as const, errorType: 'TooManyRequests', errorMessage: 'Rate Exceeded' }
    : endingOf(demoFunction, place, { conditions, failure, random });
  const wholeUs = isThrottled ? throttleUs : ownUs + waitedUs;
  // Who fails, does so somewhere in the middle.
  const share = 0.3 + 0.7 * random.unit();
  const durationUs = ending.outcome === 'ok' || isThrottled ? wholeUs : Math.ceil(wholeUs * share);
  const usedMemoryMb = Math.round(demoFunction.usedMemoryMb * (0.85 + 0.3 * random.unit()));
  slot.freeAtUs = startUs + durationUs;
  const invocation: DemoInvocation = {
    function: demoFunction,
    ...place,
    instance: slot.id,
    invocationId,
    eventId: arrival.eventId ?? `evt-${spanId}`,
    traceId,
    spanId,
    parentSpanId: arrival.parentSpanId,
    startUs,
    durationUs,
    skewUs: slot.skewUs,
    isCold,
    initUs,
    ...ending,
    httpStatus: 0,
    attempt: arrival.attempt,
    isDeadLetter: false,
    isDuplicate: arrival.isDuplicate,
    usedMemoryMb: ending.outcome === 'oom' ? demoFunction.memoryMb : usedMemoryMb,
    outgoing: isThrottled ? [] : outgoing,
    isLost: random.chance(conditions.lostRatio),
  };
  limitTime(invocation);
  return invocation;
}

/** The platform ends a run at its time limit. */
export function limitTime(invocation: DemoInvocation): void {
  const limitUs = invocation.function.timeoutMs * usPerMs;
  if (invocation.durationUs > limitUs) {
    invocation.durationUs = limitUs;
    invocation.outcome = 'timeout';
    invocation.errorType = 'Timeout';
    invocation.errorMessage = `Task timed out after ${(limitUs / 1e6).toFixed(2)} seconds`;
  }
  const endUs = invocation.startUs + invocation.durationUs;
  invocation.outgoing = invocation.outgoing.filter(({ startUs }) => startUs < endUs);
  for (const call of invocation.outgoing) call.durationUs = Math.min(call.durationUs, endUs - call.startUs);
}

function callDependencies(
  demoFunction: DemoFunction,
  startUs: number,
  conditions: Conditions,
  random: Random,
): { outgoing: Outgoing[]; failure: string | null; waitedUs: number } {
  const outgoing: Outgoing[] = [];
  let failure: string | null = null;
  let waitedUs = 0;
  for (const dependency of demoFunction.dependencies) {
    const isCalled = random.chance(dependency.ratio);
    const trouble = conditions.dependencies.get(dependency.name);
    const durationUs = draw(random, dependency, trouble?.slower ?? 1);
    const failed = random.chance(trouble?.failureRatio ?? 0);
    const spanId = random.hex(8);
    if (!isCalled) continue;
    const { name, kind } = dependency;
    outgoing.push({ name, kind, spanId, startUs: startUs + waitedUs + usPerMs, durationUs, failed });
    waitedUs += durationUs + usPerMs;
    if (failed) failure ??= name;
  }
  return { outgoing, failure, waitedUs };
}

function endingOf(
  demoFunction: DemoFunction,
  { version }: Place,
  { conditions, failure, random }: { conditions: Conditions; failure: string | null; random: Random },
): Ending {
  const isOom = random.chance(conditions.oomRatio);
  let fault: Ending | null = null;
  for (const { ratio, onlyVersion, type, message } of conditions.errors) {
    const hit = random.chance(ratio) && (onlyVersion === null || onlyVersion === version);
    if (hit) fault ??= { outcome: 'error', errorType: type, errorMessage: message };
  }
  if (isOom) {
    const message = `Memory Size: ${demoFunction.memoryMb} MB Max Memory Used: ${demoFunction.memoryMb} MB`;
    return { outcome: 'oom', errorType: 'OutOfMemory', errorMessage: message };
  }
  if (failure !== null) return failureOf(failure, conditions);
  return fault ?? ok;
}

function failureOf(name: string, { dependencies }: Conditions): Ending {
  const { type, message } = dependencies.get(name)?.error ?? {
    type: 'DependencyError',
    message: `The call to ${name} failed`,
  };
  return { outcome: 'error', errorType: type, errorMessage: message };
}

function draw(random: Random, { medianMs, sigma }: LatencyModel, factor: number): number {
  return Math.max(1, Math.round(medianMs * factor * Math.exp(sigma * random.normal()) * usPerMs));
}

/** Lambda and Azure number runs with UUIDs, Cloudflare with a ray; the others have no such id. */
function idFor(sender: SenderName, random: Random): string {
  const hex = random.hex(16);
  if (sender === 'cloudflare') return hex.slice(0, 16).toUpperCase();
  if (!sender.startsWith('lambda') && sender !== 'azure-host') return '';
  const cut = (from: number, to: number) => hex.slice(from, to);
  return `${cut(0, 8)}-${cut(8, 12)}-4${cut(13, 16)}-a${cut(17, 20)}-${cut(20, 32)}`;
}
