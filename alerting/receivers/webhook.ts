import { createHmac } from 'node:crypto';
import type { Notice } from '../../schemas/alerting/notice.js';
import type { OutRequest } from './receiver.js';

export type WebhookSettings = {
  url: string;
  signWith: string | null;
  format: 'plain' | 'cloudevents';
  headers: Readonly<Record<string, string>>;
};

/**
 * A notice as it is, or as a CloudEvent 1.0. Signed as Standard Webhooks do: HMAC-SHA256 over id, time and body, so a copy
 * that is sent again later, or changed, is found out.
 */
export function webhookRequest(notice: Notice, settings: WebhookSettings, nowMs: number): OutRequest {
  const { url, signWith, format, headers } = settings;
  const isCloudEvent = format === 'cloudevents';
  const body = JSON.stringify(isCloudEvent ? cloudEvent(notice) : notice);
  const seconds = Math.floor(nowMs / 1000);
  const signed =
    signWith === null ? {} : { 'webhook-signature': signature(signWith, notice.id, seconds, body) };
  return {
    method: 'POST',
    url,
    headers: {
      ...headers,
      'content-type': isCloudEvent
        ? 'application/cloudevents+json; charset=utf-8'
        : 'application/json; charset=utf-8',
      'idempotency-key': notice.id,
      'webhook-id': notice.id,
      'webhook-timestamp': String(seconds),
      ...signed,
    },
    body,
  };
}

/** `v1,` and the signature; a secret that begins with `whsec_` is the base64 of the key. */
function signature(secret: string, id: string, seconds: number, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

function cloudEvent(notice: Notice): object {
  return {
    specversion: '1.0',
    id: notice.id,
    source: `coldburn/${notice.tenant}`,
    type: `coldburn.notice.${notice.kind}`,
    subject: notice.threadId,
    time: notice.at,
    datacontenttype: 'application/json',
    data: notice,
  };
}
