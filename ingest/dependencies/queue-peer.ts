import { type CallAttributes, firstOf, type Peer } from './call.js';
import { foldName, lastPart } from './fold-name.js';

const destinationKeys = [
  'messaging.destination.template',
  'messaging.destination.name',
  'messaging.destination',
  'messaging.source.name',
  'aws.sqs.queue.url',
  'aws.queue.url',
  'messaging.url',
  'aws.sns.topic.arn',
  'aws.kinesis.stream_name',
  'aws.stream.name',
  'cloudflare.queue.name',
] as const;

/** One of these is on every span that may be about a message, so that others cost no more than asking for them. */
const signs = [
  'messaging.system',
  'messaging.destination.name',
  'messaging.destination',
  'cloudflare.queue.name',
  'rpc.system',
  'rpc.system.name',
  'aws.queue.url',
  'aws.stream.name',
] as const;

/** What conventions and SDKs called the ways to handle a message, old to new. */
const operations: Readonly<Record<string, string>> = { publish: 'send', create: 'send', deliver: 'process' };

/** A queue or topic by its own name, which is the same for the sender and for the receiver. */
export function queuePeer(attributes: CallAttributes, usual: 'send' | 'process'): Peer | null {
  if (!signs.some((key) => attributes.has(key))) return null;
  const destination = firstOf(attributes, ...destinationKeys);
  const system = attributes.text('messaging.system');
  if (destination === '' && system === null) return null;
  const isPassing =
    attributes.flag('messaging.destination.temporary') === true ||
    attributes.flag('messaging.destination.anonymous') === true;
  const told = firstOf(attributes, 'messaging.operation.type', 'messaging.operation').toLowerCase();
  return {
    kind: 'queue',
    peer: isPassing ? '(temporary)' : foldName(lastPart(destination)) || foldName(system ?? ''),
    operation: told === '' ? usual : foldName(operations[told] ?? told),
  };
}
