// CommonJS, because that is what the instrumentation can wrap without a loader.
const { SpanStatusCode, trace }: typeof import('@opentelemetry/api') = require('@opentelemetry/api');

/** What the invoker asks of this function; events of queues and gateways carry it nowhere and are told by their shape. */
type Event = {
  wish?: 'succeed' | 'throw' | 'throw empty' | 'throw text' | 'fail once';
  Records?: readonly { body: string }[];
  requestContext?: object;
};

let hasFailedOnce = false;

/** A user's function. */
async function handler(event: Event): Promise<object> {
  if (event.requestContext !== undefined) return { statusCode: 502, body: 'the shop is away' };
  if (event.Records !== undefined) return { batchItemFailures: [] };
  switch (event.wish) {
    case 'throw':
      throw new TypeError('order 42 has no customer');
    case 'throw empty':
      throw new Error();
    case 'throw text':
      return Promise.reject('out of stock');
    case 'fail once':
      if (hasFailedOnce) return { ok: true };
      hasFailedOnce = true;
      throw new Error('the database is away');
    default:
      return lookedUp();
  }
}

function lookedUp(): object {
  return trace.getTracer('shop').startActiveSpan('look up order', (span) => {
    span.setAttribute('order.id', 42);
    span.setStatus({ code: SpanStatusCode.OK });
    span.end();
    return { ok: true };
  });
}

module.exports = { handler };
