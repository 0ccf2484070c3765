import type { DemoFunction } from '../fleet/demo-function.js';
import { senders } from '../fleet/senders.js';
import type { Conditions } from '../simulate/conditions.js';
import type { Wait } from './wait-of.js';

/** One way to fail, and which share of runs does. */
export type Failure = { ratio: number; type: string; message: string };

/** In this order, which the SQL knows by number: throttled, out of memory, a dependency, the usual, an incident, a callee. */
export function failuresOf(
  demoFunction: DemoFunction,
  version: string,
  here: Conditions,
  wait: Wait,
): Failure[] {
  const [usual, ...others] = here.errors;
  const added = others.filter(({ onlyVersion }) => onlyVersion === null || onlyVersion === version);
  const troubled = demoFunction.dependencies.find(({ name }) => here.dependencies.has(name));
  const trouble = troubled === undefined ? undefined : here.dependencies.get(troubled.name);
  const { memoryMb, trigger } = demoFunction;
  const causes = [
    {
      ratio: trigger === 'http' ? here.throttledRatio : 0,
      type: 'TooManyRequests',
      message: 'Rate Exceeded',
    },
    {
      ratio: here.oomRatio,
      type: 'OutOfMemory',
      message: `Memory Size: ${memoryMb} MB Max Memory Used: ${memoryMb} MB`,
    },
    {
      ratio: (trouble?.failureRatio ?? 0) * (troubled?.ratio ?? 0),
      ...(trouble?.error ?? {
        type: 'DependencyError',
        message: `The call to ${troubled?.name ?? ''} failed`,
      }),
    },
    { ratio: usual?.ratio ?? 0, type: usual?.type ?? '', message: usual?.message ?? '' },
    {
      ratio: Math.min(
        1,
        added.reduce((sum, { ratio }) => sum + ratio, 0),
      ),
      type: added[0]?.type ?? '',
      message: added[0]?.message ?? '',
    },
    {
      ratio: wait.ratio * wait.failRatio,
      type: 'UpstreamError',
      message: `${wait.mostCalled} answered 500`,
    },
  ];
  let left = 1;
  return causes.map(({ ratio, type, message }, at) => {
    // Of those that did not fail for a reason before.
    const share = left * ratio;
    left -= share;
    return { ratio: share, ...(at < 2 ? { type, message } : told(demoFunction, { type, message })) };
  });
}

/** An answered error reads as its status, and the handler of Go says nothing of one. */
function told(
  { sender, failsBy, trigger }: DemoFunction,
  { type, message }: { type: string; message: string },
): { type: string; message: string } {
  if (sender === 'lambda-go') return { type: '', message: '' };
  if (failsBy === 'answering' && senders[sender].showsHttpStatus && trigger === 'http')
    return { type: '503', message };
  return { type, message };
}
