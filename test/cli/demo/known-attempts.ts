import { senders } from '../../../cli/demo/fleet/senders.js';
import type { DemoInvocation } from '../../../cli/demo/simulate/invocation.js';
import { type Known, knownOf } from '../../../cli/demo/truth/known.js';

export type KnownAttempt = {
  invocation: DemoInvocation;
  known: Known;
  attempt: number;
  isDuplicate: boolean;
};

/**
 * Which attempt each known run was, as the rule of docs/settling.md has it: by the clocks of the senders, among the runs that
 * are known. An attempt nobody tells of is not counted.
 */
export function knownAttempts(runs: readonly DemoInvocation[]): KnownAttempt[] {
  const requests = new Map<string, { invocation: DemoInvocation; known: Known }[]>();
  for (const invocation of runs) {
    const known = knownOf(invocation);
    if (known === null) continue;
    const key = `${invocation.function.name} ${requestOf(invocation)}`;
    const request = requests.get(key);
    if (request === undefined) requests.set(key, [{ invocation, known }]);
    else request.push({ invocation, known });
  }
  return [...requests.values()].flatMap((request) => {
    const inOrder = request.sort((one, other) => one.known.startUs - other.known.startUs);
    let handledUs = Number.POSITIVE_INFINITY;
    return inOrder.map(({ invocation, known }, index) => {
      const isDuplicate = handledUs <= known.startUs;
      if (known.outcome === 'ok') handledUs = Math.min(handledUs, known.startUs + known.durationUs);
      return { invocation, known, attempt: index + 1, isDuplicate };
    });
  });
}

/** What its telemetry shows to be the same in all deliveries; where it shows nothing, the run alone. */
export function requestOf({ function: { sender, trigger }, ...run }: DemoInvocation): string {
  const { billing } = senders[sender];
  if (billing === 'azure-consumption') return trigger === 'queue' ? run.eventId : run.invocationId;
  if (billing === 'aws-lambda' || billing === 'cloudflare') return run.invocationId;
  return trigger === 'http' ? run.spanId : run.eventId;
}
