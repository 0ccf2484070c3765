import type { AlertingConfig } from '../../schemas/config/config.js';
import type { OutgoingDeps } from '../outgoing/http-exchange.js';
import { httpExchange } from '../outgoing/http-exchange.js';
import { mailSender } from '../outgoing/send-mail.js';
import { knownPerMinute, openReceiver } from '../receivers/open-receiver.js';
import type { OpenedReceiver } from './deliverer.js';

/** Every receiver of the configuration, ready to be sent to; all of them through the same guard. */
export function openReceivers(
  { receivers }: Pick<AlertingConfig, 'receivers'>,
  outgoing: OutgoingDeps,
): ReadonlyMap<string, OpenedReceiver> {
  const deps = { exchange: httpExchange(outgoing), sendMail: mailSender(outgoing) };
  return new Map(
    receivers.map((one) => [
      one.name,
      { send: openReceiver(one, deps), perMinute: one.perMinute ?? knownPerMinute[one.kind] },
    ]),
  );
}
