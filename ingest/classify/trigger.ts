import type { AttributeReader } from './known-keys.js';
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
};

const httpKeys = ['http.request.method', 'http.method', 'http.route', 'url.full', 'http.url'] as const;

/** What started the invocation, '' when nothing tells. */
export function trigger(span: SpanFacts): string {
  const told = span.attributes.text('faas.trigger') ?? span.attributes.text('cloudflare.handler_type');
  if (told !== null) {
    const name = told.toLowerCase();
    return names[name] ?? name;
  }
  if (span.kind === spanKinds.consumer || span.attributes.has('messaging.system')) return 'pubsub';
  return span.kind === spanKinds.server && isHttp(span.attributes) ? 'http' : '';
}

function isHttp(attributes: AttributeReader): boolean {
  return httpKeys.some((key) => attributes.has(key));
}
