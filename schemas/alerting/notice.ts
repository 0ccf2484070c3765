import { z } from 'zod';
import { Fact, Severity } from './incident-event.js';

const Labels = z.record(z.string(), z.string());

export const NoticeKind = z.enum(['firing', 'update', 'reminder', 'resolved', 'test', 'report', 'action']);
export type NoticeKind = z.infer<typeof NoticeKind>;

export const NoticeItem = z.object({
  incidentId: z.string(),
  title: z.string(),
  summary: z.string(),
  severity: Severity,
  isFiring: z.boolean(),
  labels: Labels,
  startedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  facts: z.array(Fact),
  diagnosis: z.string().nullable().meta({ description: 'What explains it, in one sentence' }),
  runbookUrl: z.string().nullable(),
  viewUrl: z.string().nullable(),
});
export type NoticeItem = z.infer<typeof NoticeItem>;

/** One message to one receiver, before it is put into the words of that receiver. */
export const Notice = z
  .object({
    id: z.string().meta({ description: 'Idempotency key: the same however often it is delivered' }),
    tenant: z.string(),
    receiver: z.string(),
    threadId: z.string().meta({ description: 'The same from the first notice about something to the last' }),
    sequence: z.number().int().positive().meta({ description: 'Its place in the thread' }),
    kind: NoticeKind,
    at: z.iso.datetime(),
    severity: Severity,
    title: z.string(),
    text: z.string(),
    group: Labels.meta({ description: 'The labels its incidents have in common' }),
    items: z.array(NoticeItem).meta({ description: 'The most severe and oldest first; not all of a storm' }),
    firing: z.number().int().nonnegative(),
    resolved: z.number().int().nonnegative(),
    more: z.number().int().nonnegative().meta({ description: 'Incidents that are not among the items' }),
    news: z.array(z.string()).meta({ description: 'What happened since the last notice of the thread' }),
    acknowledgedBy: z.string().nullable(),
    viewUrl: z.string().nullable(),
    html: z.string().nullable().meta({ description: 'Of a report: the same as a page' }),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof Notice>;
