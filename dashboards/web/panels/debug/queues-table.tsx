import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { Queue } from '../../../../schemas/queues.js';
import { useColumnCount } from '../../browser/use-column-count.js';
import { unknown } from '../../view/figure.js';
import { formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { Figure } from '../figure.js';
import { MessageSamples } from './message-samples.js';

/** Queues that start the function, and where messages end that it failed on. */
export function QueuesTable({ queues }: { queues: readonly Queue[] }) {
  const [open, setOpen] = useState<string | null>(null);
  const columns = useColumnCount(6, 2);
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
        {queues.map((queue) => {
          const key = JSON.stringify([queue.environment, queue.queue]);
          const isOpen = open === key;
          return (
            <Fragment key={key}>
              <tr>
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
                  {queue.samples.length > 0 && (
                    <button
                      type="button"
                      className="button small"
                      aria-expanded={isOpen}
                      aria-label={`Messages of ${queue.queue}`}
                      onClick={() => setOpen(isOpen ? null : key)}
                    >
                      {queue.samples.length}
                    </button>
                  )}
                </td>
              </tr>
              {isOpen && (
                <tr className="message-row">
                  <td colSpan={columns}>
                    <MessageSamples samples={queue.samples} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
