import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { insertErrors } from './insert-errors.js';
import { insertInvocations, type TestInvocation } from './insert-invocations.js';
import { insertSpans } from './insert-spans.js';

export type Debugged = {
  tenant: Tenant;
  now: Date;
  /** A second function is named so, and what the first one raised says it. */
  hostile: string;
  /** Sixteen hexadecimal digits of its one group of errors. */
  group: string;
  traceId: string;
};

const spanId = 'cd'.repeat(8);

/** Stores the function "checkout" with everything its page shows. */
export async function insertDebugged(
  warehouse: Warehouse,
  { tenant, now, hostile, group, traceId }: Debugged,
): Promise<void> {
  const at = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000);
  await insertInvocations(
    warehouse,
    [...checkout(), named()].map((row) => ({ tenant, ...row })),
  );
  await insertErrors(warehouse, [
    {
      tenant,
      fingerprint: group,
      at: at(300),
      version: '2',
      traceId,
      title: `TypeError: ${hostile} in a.ts f`,
    },
    { tenant, fingerprint: group, at: at(200), version: '2', traceId },
  ]);
  await insertSpans(warehouse, [
    { tenant, traceId, spanId, name: 'POST /pay', startedAt: at(300), durationMs: 40, function: 'checkout' },
    {
      tenant,
      traceId,
      spanId: 'ef'.repeat(8),
      parentSpanId: spanId,
      name: 'call',
      startedAt: at(300),
      durationMs: 20,
      function: 'checkout',
      peer: 'db.internal',
    },
  ]);

  /** 400 invocations of two versions, 12 failed, 20 cold, all a while ago. */
  function checkout(): TestInvocation[] {
    return Array.from({ length: 400 }, (_, index): TestInvocation => {
      const isFailed = index < 12;
      return {
        function: 'checkout',
        startedAt: at(120 + index * 5),
        durationMs: 20 + index,
        outcome: isFailed ? (index < 4 ? 'timeout' : 'error') : 'ok',
        cold: index % 20 === 0,
        version: index < 100 ? '2' : '1',
        invocationId: `id-${index}`,
        attempt: index === 1 ? 2 : 1,
        duplicate: index === 2,
        ...(isFailed ? { errorType: 'TypeError', errorMessage: `boom ${hostile}` } : {}),
        ...(index % 2 === 0 ? { traceId, spanId } : {}),
      };
    });
  }

  function named(): TestInvocation {
    return { function: hostile, startedAt: at(60), durationMs: 5, version: hostile, invocationId: hostile };
  }
}
