import type { RequestRefusal } from '../http/otlp-refusal.js';
import type { SignalName } from '../signal.js';
import { signals } from '../signal.js';

/** What a refusal means, and what to do about it. */
export type Advice = { meaning: string; remedy: string };

const configureExporter = 'Correct the endpoint or protocol of the exporter; docs/ingest.md lists them.';
const retried = 'Nothing: senders keep their data and try again.';

const requestAdvice: Readonly<Record<RequestRefusal, Advice>> = {
  unauthenticated: { meaning: 'the API key is missing or unknown', remedy: 'Send a key of role "ingest".' },
  forbidden: { meaning: 'the key may not send telemetry', remedy: 'Send a key of role "ingest".' },
  'own-telemetry': {
    meaning: 'these are the spans of Coldburn itself',
    remedy: 'Point telemetry.endpoint at another receiver.',
  },
  throttled: {
    meaning: 'too many wrong keys came from the address',
    remedy: 'Correct the key of the sender.',
  },
  'over-rate': {
    meaning: 'more came than ingest.limits.requestsPerSecond or bytesPerSecond allow',
    remedy: 'Send larger batches, sample in the SDK, or have the limit raised.',
  },
  'unknown-path': { meaning: 'there is nothing at the path', remedy: configureExporter },
  'firehose-envelope': {
    meaning: 'the Firehose envelope cannot be read',
    remedy: 'Set the output format of the metric stream to OpenTelemetry 1.0.',
  },
  method: { meaning: 'the method is not POST', remedy: configureExporter },
  'not-http': {
    meaning: 'what arrived is not HTTP/1.1',
    remedy: 'Send gRPC to the gRPC port, and HTTP without TLS unless a proxy in front ends it.',
  },
  'headers-too-large': {
    meaning: 'the headers are larger than 16 KiB',
    remedy: 'Look what a proxy on the way adds to them.',
  },
  late: { meaning: 'the request did not arrive within a minute', remedy: retried },
  'content-type': { meaning: 'the body is neither protobuf nor JSON', remedy: configureExporter },
  'content-encoding': { meaning: 'the compression is not known', remedy: 'Use gzip, or none.' },
  'too-large': {
    meaning: 'the body is larger than ingest.maxBodyBytes',
    remedy: 'Send smaller batches, or have the limit raised.',
  },
  undecodable: {
    meaning: 'the body is no OTLP message',
    remedy: 'Look at the last bad payloads; the sender or a proxy breaks its bodies.',
  },
  closed: {
    meaning: 'the disk or the spool was full',
    remedy: 'See to the disk and to ClickHouse; senders try again.',
  },
  busy: { meaning: 'too many large requests came at the same time', remedy: retried },
  'not-stored': { meaning: 'the disk refused to write', remedy: 'See to the disk; senders try again.' },
  'hung-up': { meaning: 'the sender hung up', remedy: 'Give the exporter a longer timeout.' },
  'grpc-not-read': {
    meaning: 'the gRPC call ended before its message was read',
    remedy: 'Send smaller batches, or give the exporter a longer timeout.',
  },
  internal: { meaning: 'the server failed', remedy: 'Its log says why.' },
};

const ownIds = 'Let the SDK make the ids; whatever makes these does not follow W3C trace context.';

/** Where the remedy is not just to correct the sender. */
const itemRemedies: Readonly<Record<string, string>> = {
  'trace-id-length': ownIds,
  'trace-id-zero': ownIds,
  'span-id-length': ownIds,
  'span-id-zero': ownIds,
  'parent-id-length': ownIds,
  'too-old': 'Send telemetry within 90 days, and check the clock of the sender.',
  'in-future': 'Check the clock of the sender.',
  'end-before-start': 'Check the clock of the sender.',
  'too-many-functions': 'Take ids out of the names of functions, or have ingest.limits.functions raised.',
  'too-many-metrics': 'Take ids out of the names of metrics, or have ingest.limits.metricNames raised.',
  'too-deep': 'Flatten the value before it is set.',
};

export function adviceForRequest(reason: string): Advice {
  const advice: Readonly<Record<string, Advice>> = requestAdvice;
  return advice[reason] ?? { meaning: reason, remedy: 'Look at the log of the server.' };
}

export function adviceForItem(signal: SignalName, reason: string): Advice {
  const sentences: Readonly<Record<string, string>> = signals[signal].refusals;
  return {
    meaning: sentences[reason] ?? reason,
    remedy: itemRemedies[reason] ?? 'Correct what the sender or its instrumentation makes.',
  };
}
