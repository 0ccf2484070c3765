import type { LogLine, Trace, TraceSpan } from '../../../../schemas/trace.js';

const mostLogs = 5;

/** The span that handled a message, the failed one before others, with what was said in it; null when none is kept. */
export function spanOfMessage(
  { spans, logs }: Pick<Trace, 'spans' | 'logs'>,
  messageId: string,
): { span: TraceSpan; logs: LogLine[] } | null {
  const own = spans.filter(({ attributes }) => Object.values(attributes).includes(messageId));
  const span =
    own.find(({ status }) => status === 'error') ?? own.find(({ kind }) => kind === 'consumer') ?? own[0];
  if (span === undefined) return null;
  return { span, logs: logs.filter(({ spanId }) => spanId === span.spanId).slice(0, mostLogs) };
}
