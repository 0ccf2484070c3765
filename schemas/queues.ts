import { z } from 'zod';

const amount = (description: string) => z.number().nonnegative().nullable().meta({ description });

const DepthPoint = z.object({
  at: z.iso.datetime().meta({ description: 'Start of the step' }),
  depth: z.number().nonnegative().meta({ description: 'Messages at the end of the step' }),
});

const MessageSample = z.object({
  at: z.iso.datetime(),
  messageId: z.string(),
  traceId: z.string().meta({ description: '32 hex digits, for GET /api/v1/traces/:id' }),
});

/** One queue, as metrics and messaging spans tell of it. Null always means "not told", never 0. */
const Queue = z
  .object({
    queue: z.string().meta({ description: 'Name of the queue, topic or subscription' }),
    environment: z.string().meta({ description: 'Deployment environment; empty when nothing names one' }),
    system: z.string().meta({ description: 'Messaging system, such as aws_sqs; empty when not told' }),
    depth: amount('Messages that wait, by the latest figure in the window'),
    depthMax: amount('Most messages that waited at the end of a minute'),
    inFlight: amount('Messages taken and not yet done, by the latest figure'),
    oldestAgeMs: amount('Age of the oldest message, by the latest figure'),
    oldestAgeMaxMs: amount('The highest such age in the window'),
    growthPerMinute: z.number().nullable().meta({
      description:
        'Change of the depth per minute between its first and last figure; negative when it drains. Null with less than two minutes told',
    }),
    arrivals: amount(
      'Rises of the depth from minute to minute, added up; what is drained or moved back does not count against them. A lower bound of what arrived',
    ),
    sent: amount('Messages sent to it: by its own metrics, else by producer spans'),
    taken: amount('Messages taken from it: by its own metrics, else by consumer spans'),
    failed: amount('Messages whose consumer span failed'),
    isDeadLetter: z.boolean(),
    deadLetterOf: z.string().nullable().meta({ description: 'The queue whose messages end here' }),
    deadLetterQueue: z.string().nullable().meta({ description: 'Where messages of this queue end' }),
    function: z.string().nullable().meta({
      description: 'Function that takes its messages; of a dead-letter queue, the one that failed on them',
    }),
    samples: z
      .array(MessageSample)
      .meta({ description: 'Latest messages whose spans carry an id; at most 5' }),
    series: z
      .array(DepthPoint)
      .meta({ description: 'Depth over the window; steps without a figure are left out' }),
  })
  .meta({ id: 'Queue' });
export type Queue = z.infer<typeof Queue>;

/** The answer of GET /api/v1/queues. */
export const QueueList = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepMs: z.number().int().positive().meta({ description: 'Length of a step of `series`' }),
    queues: z.array(Queue).meta({ description: 'Dead-letter queues first, then the deepest first' }),
    truncated: z.boolean().meta({ description: 'True when there are more queues than `limit`' }),
  })
  .meta({ id: 'QueueList' });
