import type { Notice } from '../../schemas/alerting/notice.js';

/** A request as it leaves; no redirect is followed. */
export type OutRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Null of a GET. */
  body: string | null;
};

export type OutResponse = { status: number; retryAfter: string | null; text: string };

/** Sends one request and answers with whatever comes back; rejects when nothing does. */
export type Exchange = (request: OutRequest) => Promise<OutResponse>;

export type Mail = {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  messageId: string;
  inReplyTo: string | null;
};

/** What a delivery may need of earlier ones. */
export type Sending = {
  nowMs: number;
  /** From 1; above it, an earlier attempt may have arrived without our hearing of it. */
  attempt: number;
  /** What the receiver calls the thread, such as the number of an issue; null before it was told of it. */
  reference: string | null;
};

export type Outcome =
  | { kind: 'delivered'; reference: string | null; says: string }
  | {
      kind: 'failed';
      says: string;
      /** Trying again soon will not help: a wrong key, a payload that is refused. */
      isLasting: boolean;
      /** How long the receiver asks to be left alone. */
      waitMs: number | null;
    };

export type Send = (notice: Notice, sending: Sending) => Promise<Outcome>;
