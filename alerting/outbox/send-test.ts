import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import { inboxName } from '../../schemas/config/receivers.js';
import type { Outcome } from '../receivers/receiver.js';
import type { OpenedReceiver } from './deliverer.js';
import type { NoticeLog } from './notice-log.js';

export type TestSend = {
  receiver: string;
  delivered: boolean;
  says: string;
  noticeId: string;
  durationMs: number;
};

/** Sends a test notice; null when there is no such receiver. */
export type SendTest = (receiver: string) => Promise<TestSend | null>;

export type SendTestDeps = {
  receivers: ReadonlyMap<string, OpenedReceiver>;
  log: NoticeLog;
  tenant: Tenant;
  publicUrl: string | null;
  now: () => Date;
  newId: () => string;
};

/** Goes out at once and is tried once: whoever tests wants to know now. It stands in the log like any other. */
export function testSender({ receivers, log, tenant, publicUrl, now, newId }: SendTestDeps): SendTest {
  return async (name) => {
    const receiver = receivers.get(name);
    if (receiver === undefined && name !== inboxName) return null;
    const startMs = now().getTime();
    const id = `test-${newId()}`;
    const notice = testNotice({ id, tenant, receiver: name, at: new Date(startMs), publicUrl });
    await log.plan([{ notice, plan: null }]);
    const outcome = await attempt(receiver, notice, startMs);
    const endMs = now().getTime();
    await log.attempt({
      tenant,
      notice,
      event: outcome.kind === 'delivered' ? 'sent' : 'given-up',
      at: new Date(endMs),
      attempt: 1,
      nextAt: null,
      durationMs: endMs - startMs,
      says: outcome.says,
      reference: outcome.kind === 'delivered' ? outcome.reference : null,
    });
    const delivered = outcome.kind === 'delivered';
    return { receiver: name, delivered, says: outcome.says, noticeId: id, durationMs: endMs - startMs };
  };
}

async function attempt(
  receiver: OpenedReceiver | undefined,
  notice: Notice,
  nowMs: number,
): Promise<Outcome> {
  if (receiver === undefined) return { kind: 'delivered', reference: null, says: 'kept' };
  try {
    return await receiver.send(notice, { nowMs, attempt: 1, reference: null });
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', says, isLasting: false, waitMs: null };
  }
}

type About = { id: string; tenant: Tenant; receiver: string; at: Date; publicUrl: string | null };

function testNotice({ id, tenant, receiver, at, publicUrl }: About): Notice {
  return {
    id,
    tenant,
    receiver,
    threadId: id,
    sequence: 1,
    kind: 'test',
    at: at.toISOString(),
    severity: 'ticket',
    title: 'Coldburn can reach this receiver',
    text: `A test of the receiver "${receiver}". Nothing is wrong, and nothing needs to be done.`,
    group: {},
    items: [],
    firing: 0,
    resolved: 0,
    more: 0,
    news: [],
    acknowledgedBy: null,
    viewUrl: publicUrl,
    html: null,
  };
}
