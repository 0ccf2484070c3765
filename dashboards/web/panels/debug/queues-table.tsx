import type { Queue } from '../../../../schemas/queues.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { unknown } from '../../view/figure.js';
import { formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { Figure } from '../figure.js';

/** Queues that start the function, and where messages end that it failed on. */
export function QueuesTable({ queues }: { queues: readonly Queue[] }) {
  const amount = (value: number | null) => (value === null ? unknown : formatCount(value));
  return (
    <table className="debug-table">
      <caption className="unseen">Queues, dead-letter queues first</caption>
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col" className="number">
            Waiting
          </th>
          <th scope="col" className="number">
            Oldest
          </th>
          <th scope="col" className="number wide-only">
            Taken
          </th>
          <th scope="col" className="number wide-only">
            Failed
          </th>
          <th scope="col">Messages</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={JSON.stringify([queue.environment, queue.queue])}>
            <th scope="row">
              <span className="peer" title={queue.queue}>
                {queue.isDeadLetter && <span className="chip dead">DLQ</span>}
                <bdi>{queue.queue}</bdi>
              </span>
            </th>
            <td className="number" data-bad={queue.isDeadLetter && (queue.depth ?? 0) > 0}>
              <Figure text={amount(queue.depth)} title="no metric tells it" />
            </td>
            <td className="number">
              <Figure text={formatDuration(queue.oldestAgeMs)} title="no metric tells it" />
            </td>
            <td className="number wide-only">
              <Figure text={amount(queue.taken)} title="not told" />
            </td>
            <td className="number wide-only" data-bad={(queue.failed ?? 0) > 0}>
              <Figure text={amount(queue.failed)} title="not told" />
            </td>
            <td className="message-samples">
              {queue.samples.slice(0, 3).map(({ messageId, traceId }, index) => (
                <a key={`${messageId}/${traceId}`} href={traceHref(traceId, null)} title={messageId}>
                  {index + 1}
                </a>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
