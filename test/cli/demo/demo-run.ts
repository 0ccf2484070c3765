import { describeFunction } from '../../../cli/demo/fleet/describe-function.js';
import type { SenderName } from '../../../cli/demo/fleet/senders.js';
import type { DemoInvocation } from '../../../cli/demo/simulate/invocation.js';

/** A plain run of a plain function, but for the changes. */
export function demoRun(sender: SenderName, changes: Partial<DemoInvocation>): DemoInvocation {
  return {
    function: describeFunction({ name: 'f', team: 't', sender, trigger: 'http', memoryMb: 512 }),
    region: 'r',
    version: '1',
    alias: '',
    instance: 'i',
    invocationId: 'id',
    eventId: 'evt',
    traceId: '',
    spanId: '',
    parentSpanId: null,
    startUs: 0,
    durationUs: 0,
    skewUs: 0,
    isCold: false,
    initUs: 0,
    outcome: 'ok',
    errorType: '',
    errorMessage: '',
    httpStatus: 200,
    attempt: 1,
    isDeadLetter: false,
    isDuplicate: false,
    usedMemoryMb: 100,
    outgoing: [],
    isLost: false,
    ...changes,
  };
}
