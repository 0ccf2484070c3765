import type { ProviderCount } from './provider-book.js';

/** One summary point of a CloudWatch metric stream in its OpenTelemetry 1.0 format. */
export type CloudWatchPoint = {
  account: string;
  region: string;
  namespace: 'AWS/Lambda' | 'AWS/SQS';
  metric: string;
  unit: string;
  dimensions: Readonly<Record<string, string>>;
  minute: number;
  count: number;
  sum: number;
  min: number;
  max: number;
};

type Statistics = { count: number; sum: number; min: number; max: number };

/** The points of one function, place and minute. The sets of dimensions overlap, as in a real stream: nobody may add them. */
export function cloudWatchPoints(count: ProviderCount): CloudWatchPoint[] {
  const { function: demoFunction, region, minute, invocations, errors, throttles } = count;
  const { name, account, versions, trigger } = demoFunction;
  const base = { account, region, minute };
  const points: CloudWatchPoint[] = [];
  const lambda = (
    metric: string,
    unit: string,
    of: Statistics,
    dimensions = { FunctionName: name },
  ): void => {
    points.push({ ...base, namespace: 'AWS/Lambda', metric, unit, dimensions, ...of });
  };
  const requests = invocations + throttles;
  lambda('Invocations', '{Count}', summed(invocations, invocations));
  lambda('Errors', '{Count}', summed(errors, invocations));
  lambda('Throttles', '{Count}', summed(throttles, requests));
  lambda('ConcurrentExecutions', '{Count}', gauge(count.concurrencyMax));
  if (count.durationMs.count > 0) lambda('Duration', 'ms', count.durationMs);
  const alias = versions[0]?.alias ?? '';
  if (alias !== '' && versions.length === 1) {
    const byAlias = { FunctionName: name, Resource: `${name}:${alias}` };
    lambda('Invocations', '{Count}', summed(invocations, invocations), byAlias);
    lambda('Errors', '{Count}', summed(errors, invocations), byAlias);
  }
  if (trigger === 'queue') {
    const sqs = (queue: string, metric: string, unit: string, of: Statistics): void => {
      const dimensions = { QueueName: queue };
      points.push({ ...base, namespace: 'AWS/SQS', metric, unit, dimensions, ...of });
    };
    sqs(`${name}-queue`, 'NumberOfMessagesReceived', '{Count}', summed(requests, requests));
    sqs(`${name}-queue`, 'ApproximateNumberOfMessagesVisible', '{Count}', gauge(throttles));
    sqs(`${name}-dlq`, 'ApproximateNumberOfMessagesVisible', '{Count}', gauge(count.deadLetterDepth));
  }
  return points;
}

/** A count of one for each of `samples` requests, or nothing for some of them. */
function summed(sum: number, samples: number): Statistics {
  return { count: samples, sum, min: sum === samples ? 1 : 0, max: sum === 0 ? 0 : 1 };
}

/** One reading in the minute. */
function gauge(value: number): Statistics {
  return { count: 1, sum: value, min: value, max: value };
}
