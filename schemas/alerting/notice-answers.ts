import { z } from 'zod';
import { Notice, NoticeKind } from './notice.js';

const LoggedNotice = z
  .object({
    id: z.string(),
    threadId: z.string(),
    sequence: z.number().int(),
    receiver: z.string(),
    kind: NoticeKind,
    at: z.iso.datetime(),
    severity: z.string(),
    title: z.string(),
    firing: z.number().int(),
    incidents: z.array(z.string()).meta({ description: 'Ids of those listed in it' }),
    state: z.enum(['waiting', 'sent', 'given-up']),
    attempts: z.number().int().meta({ description: 'How often it was tried' }),
    lastAttemptAt: z.iso.datetime().nullable(),
    nextAttemptAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Not before; null unless an attempt failed' }),
    says: z.string().meta({ description: 'What the receiver answered' }),
    durationMs: z.number().nullable(),
    reference: z
      .string()
      .nullable()
      .meta({ description: 'What the receiver calls it, such as the number of an issue' }),
  })
  .meta({ id: 'LoggedNotice' });

const HeldIncident = z
  .object({
    incidentId: z.string(),
    receiver: z.string(),
    reason: z.enum(['silence', 'mute-time', 'deploy-window', 'inhibited', 'joined', 'duplicate']),
    says: z.string(),
    until: z.iso.datetime().nullable(),
  })
  .meta({ id: 'HeldIncident' });

export const NoticeLogAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    notices: z.array(LoggedNotice).meta({ description: 'The latest first' }),
    truncated: z.boolean().meta({ description: 'True when there are more than `limit`' }),
    held: z
      .array(HeldIncident)
      .nullable()
      .meta({ description: 'What is open and not told now, and why; null where this process does not tell' }),
  })
  .meta({ id: 'NoticeLog' });

export const InboxAnswer = z
  .object({ notices: z.array(Notice).meta({ description: 'The latest first' }), truncated: z.boolean() })
  .meta({ id: 'Inbox' });

export const ReceiverList = z
  .object({
    receivers: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        state: z.enum(['answering', 'not-answering']).nullable().meta({
          description: 'not-answering: left alone for a while; null where this process does not tell',
        }),
      }),
    ),
  })
  .meta({ id: 'ReceiverList' });

export const TestSent = z
  .object({
    receiver: z.string(),
    delivered: z.boolean(),
    says: z.string().meta({ description: 'What the receiver answered, or what was in the way' }),
    noticeId: z.string(),
    durationMs: z.number(),
  })
  .meta({ id: 'TestSent' });

export const OnCallAnswer = z
  .object({
    at: z.iso.datetime(),
    schedules: z.array(
      z.object({
        name: z.string(),
        zone: z.string(),
        person: z.string().nullable().meta({ description: 'Null: nobody; the default receivers are told' }),
        until: z.iso
          .datetime()
          .nullable()
          .meta({ description: 'When somebody else takes over, within 31 days' }),
        calendarPath: z.string(),
      }),
    ),
  })
  .meta({ id: 'OnCall' });
