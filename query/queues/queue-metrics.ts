import type { QueueMetric } from '../../schemas/queue-settings.js';

const sqs = (name: string, measure: QueueMetric['measure']): QueueMetric => ({
  metric: `amazonaws.com/AWS/SQS/${name}`,
  queue: 'QueueName',
  measure,
});

/**
 * Metrics that tell of queues without any setting. Sources: CloudWatch (AWS/SQS), Knative 1.19, and the receivers of the
 * OpenTelemetry Collector for RabbitMQ, Kafka and Google Cloud.
 */
export const knownQueueMetrics: readonly QueueMetric[] = [
  sqs('ApproximateNumberOfMessagesVisible', 'depth'),
  sqs('ApproximateNumberOfMessagesNotVisible', 'inFlight'),
  sqs('ApproximateAgeOfOldestMessage', 'ageSeconds'),
  sqs('NumberOfMessagesSent', 'sent'),
  sqs('NumberOfMessagesReceived', 'received'),
  { metric: 'kn.serving.queue.depth', queue: 'kn.service.name', measure: 'depth' },
  { metric: 'rabbitmq.message.current', queue: 'rabbitmq.queue.name', measure: 'depth' },
  { metric: 'kafka.consumer_group.lag', queue: 'topic', measure: 'depth' },
  {
    metric: 'pubsub.googleapis.com/subscription/num_undelivered_messages',
    queue: 'subscription_id',
    measure: 'depth',
  },
  {
    metric: 'pubsub.googleapis.com/subscription/oldest_unacked_message_age',
    queue: 'subscription_id',
    measure: 'ageSeconds',
  },
];

/** The known metrics and the configured ones, of which one for the same metric wins. */
export function queueMetrics(configured: readonly QueueMetric[]): readonly QueueMetric[] {
  const byName = new Map([...knownQueueMetrics, ...configured].map((entry) => [entry.metric, entry]));
  return [...byName.values()];
}
