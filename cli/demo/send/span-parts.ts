import {
  type Attributes,
  type HrTime,
  type Link,
  type SpanContext,
  SpanStatusCode,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

export type Scope = { name: string; version: string };
export type ThrownException = { type: string; message: string };

/** What a shape says of one span; everything else is the same for all. Times are Unix microseconds. */
export type SpanParts = {
  name: string;
  /** As in @opentelemetry/api: 0 internal, 1 server, 2 client, 3 producer, 4 consumer. */
  kind: number;
  traceId: string;
  spanId: string;
  parent: { spanId: string; isRemote: boolean } | null;
  startUs: number;
  durationUs: number;
  attributes: Attributes;
  resource: Resource;
  scope: Scope;
  /** Sets the status to error. */
  failure: string | null;
  /** Adds an `exception` event. */
  exception: ThrownException | null;
  links: Link[];
};

const sampled = 1;

/** A finished span, as the SDK would hand it to an exporter. */
export function spanFrom(parts: SpanParts): ReadableSpan {
  const { traceId, spanId, parent, startUs, durationUs, failure, exception } = parts;
  const context: SpanContext = { traceId, spanId, traceFlags: sampled };
  const startTime = hrTime(startUs);
  const endTime = hrTime(startUs + durationUs);
  return {
    name: parts.name,
    kind: parts.kind,
    spanContext: () => context,
    ...(parent === null
      ? {}
      : {
          parentSpanContext: {
            traceId,
            spanId: parent.spanId,
            traceFlags: sampled,
            isRemote: parent.isRemote,
          },
        }),
    startTime,
    endTime,
    status:
      failure === null ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: failure },
    attributes: parts.attributes,
    links: parts.links,
    events:
      exception === null
        ? []
        : [{ name: 'exception', time: endTime, attributes: exceptionAttributes(exception) }],
    duration: hrTime(durationUs),
    ended: true,
    resource: parts.resource,
    instrumentationScope: parts.scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function exceptionAttributes({ type, message }: ThrownException): Attributes {
  return {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': `${type}: ${message}\n    at handler (/var/task/index.js:41:11)`,
  };
}

function hrTime(us: number): HrTime {
  const seconds = Math.floor(us / 1_000_000);
  return [seconds, (us - seconds * 1_000_000) * 1000];
}
