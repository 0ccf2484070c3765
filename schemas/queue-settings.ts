import { z } from 'zod';

/** What a figure says of a queue. */
const QueueMeasure = z.enum(['depth', 'inFlight', 'ageMs', 'ageSeconds', 'sent', 'received']);

const name = (what: string) =>
  z
    .string({ error: `must be ${what}` })
    .min(1, { error: 'must not be empty' })
    .max(500);

/** What the view of the table queue_depths reads already; configured too, it would count twice. */
const known =
  /^(amazonaws\.com\/AWS\/SQS\/.*|kn\.serving\.queue\.depth|rabbitmq\.message\.current|kafka\.consumer_group\.lag|pubsub\.googleapis\.com\/subscription\/(num_undelivered_messages|oldest_unacked_message_age))$/;

/** A metric that tells of queues, and the attribute that holds a queue's name. */
export const QueueMetric = z.strictObject({
  metric: name('the name of a metric').refine((metric) => !known.test(metric), {
    error: 'is read without any setting; leave it out',
  }),
  queue: name('the name of the attribute that holds the queue’s name'),
  measure: QueueMeasure.prefault('depth'),
});
export type QueueMetric = z.infer<typeof QueueMetric>;

/** A queue that takes what another queue or a function could not process. */
export const DeadLetterRule = z.strictObject({
  queue: name('the name of the dead-letter queue'),
  of: name('the name of the queue whose messages end here').nullable().prefault(null),
  function: name('the name of the function whose messages end here').nullable().prefault(null),
});
export type DeadLetterRule = z.infer<typeof DeadLetterRule>;

export type QueueSettings = {
  readonly metrics: readonly QueueMetric[];
  readonly deadLetter: readonly DeadLetterRule[];
};
