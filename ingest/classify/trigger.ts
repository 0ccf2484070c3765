import type { AttributeReader, KnownKey } from './known-keys.js';
import { type SpanFacts, spanKinds } from './span-facts.js';

/** What platforms call their triggers, to the names of the convention; others are kept as they are. */
const names: Readonly<Record<string, string>> = {
  httptrigger: 'http',
  fetch: 'http',
  timertrigger: 'timer',
  cron: 'timer',
  scheduled: 'timer',
  alarm: 'timer',
  queue: 'pubsub',
  queuetrigger: 'pubsub',
  eventhubtrigger: 'pubsub',
  servicebustrigger: 'pubsub',
  kafkatrigger: 'pubsub',
  rabbitmqtrigger: 'pubsub',
  eventgridtrigger: 'pubsub',
  blobtrigger: 'datasource',
  cosmosdbtrigger: 'datasource',
  sqltrigger: 'datasource',
  signalrtrigger: 'pubsub',
  eventhub: 'pubsub',
  sqs: 'pubsub',
  sns: 'pubsub',
  kinesis: 'pubsub',
  eventbridge: 'pubsub',
  s3: 'datasource',
  dynamodb: 'datasource',
};

const httpKeys = [
  'http.request.method',
  'http.method',
  'http.route',
  'url.full',
  'http.url',
] as const satisfies readonly KnownKey[];

/** What started the invocation, '' when nothing tells. */
export function trigger(span: SpanFacts): string {
  const { attributes } = span;
  const told = attributes.text('faas.trigger') ?? attributes.text('cloudflare.handler_type');
  if (told !== null) return triggerName(told);
  if (attributes.has('faas.cron')) return 'timer';
  if (attributes.has('faas.document.collection')) return 'datasource';
  const eventType = attributes.text('cloudevents.event_type');
  if (eventType !== null) return eventTrigger(eventType);
  if (span.kind === spanKinds.consumer || attributes.has('messaging.system')) return 'pubsub';
  return span.kind === spanKinds.server && isHttp(attributes) ? 'http' : '';
}

export function triggerName(told: string): string {
  const name = told.toLowerCase();
  return names[name] ?? name;
}

/** CloudEvents come as HTTP requests whatever they tell of; their type says what it was. */
function eventTrigger(type: string): string {
  if (/scheduler|\bping\b/i.test(type)) return 'timer';
  return /storage|firestore|datastore|database|dynamodb|\bs3\b/i.test(type) ? 'datasource' : 'pubsub';
}

function isHttp(attributes: AttributeReader): boolean {
  return httpKeys.some((key) => attributes.has(key));
}
