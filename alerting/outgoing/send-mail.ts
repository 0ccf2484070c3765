import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Mail, Outcome } from '../receivers/receiver.js';
import { allowedAddresses } from './guarded-lookup.js';
import type { OutgoingDeps } from './http-exchange.js';

export type MailServer = {
  host: string;
  port: number;
  tls: 'starttls' | 'implicit' | 'none';
  user: string | null;
  password: string | null;
};

export type SendMail = (server: MailServer, mail: Mail) => Promise<Outcome>;

/** Hands a mail to a mail server, whose address was looked at first and whose certificate is asked for by name. */
export function mailSender({ isAllowed, resolve, timeoutMs }: OutgoingDeps): SendMail {
  return async ({ host, port, tls, user, password }, mail) => {
    const [first] = await allowedAddresses(host, isAllowed, resolve);
    const transport = createTransport({
      host: first?.address ?? host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
      ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      // Mail programs drop pictures that stand in the page itself; these become parts of the mail.
      attachDataUrls: true,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { from, html, inReplyTo, messageId, subject, text, to } = mail;
      const thread = inReplyTo === null ? {} : { inReplyTo, references: inReplyTo };
      const sent = await transport.sendMail({ from, to: [...to], subject, text, html, messageId, ...thread });
      const { rejected } = sent;
      if (rejected.length === 0) return { kind: 'delivered', reference: null, says: sent.response };
      const refused = `refused for ${rejected.map(String).join(', ')}`;
      return { kind: 'delivered', reference: null, says: `${sent.response}; ${refused}` };
    } catch (error) {
      const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
      const says = error instanceof Error ? error.message : String(error);
      // 4xx is "later", 5xx is "no" (RFC 5321); no answer at all is worth another try.
      return { kind: 'failed', says, isLasting: code >= 500, waitMs: null };
    } finally {
      transport.close();
    }
  };
}
