import { useState } from 'preact/hooks';
import type { Queue } from '../../../../schemas/queues.js';
import { Trace } from '../../../../schemas/trace.js';
import { useAnswer } from '../../browser/use-answer.js';
import { dateTime } from '../../view/clock-time.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { spanOfMessage } from '../../view/debug/span-of-message.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';
import { Attributes } from '../trace/attributes.js';

type Sample = Queue['samples'][number];

/** The latest messages of a queue; each opens into what the span that handled it tells of it. */
export function MessageSamples({ samples }: { samples: readonly Sample[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <ul className="message-list">
      {samples.map((sample) => {
        const key = `${sample.messageId}/${sample.traceId}`;
        return (
          <li key={key}>
            <p className="row-with-act">
              <button
                type="button"
                className="row-open"
                aria-expanded={open === key}
                aria-label={`Message ${sample.messageId}`}
                onClick={() => setOpen(open === key ? null : key)}
              >
                <bdi>{sample.messageId}</bdi>
              </button>
              <span className="aside">
                <time dateTime={sample.at}>{dateTime(Date.parse(sample.at))}</time> ·{' '}
                <a href={traceHref(sample.traceId, null)}>trace</a>
              </span>
            </p>
            {open === key && <Message sample={sample} />}
          </li>
        );
      })}
    </ul>
  );
}

function Message({ sample: { traceId, messageId } }: { sample: Sample }) {
  const { held } = useAnswer(apiUrl(`traces/${traceId}`), Trace);
  if (held.kind === 'failed') return <Refusal failure={held.failure} />;
  if (held.kind !== 'held')
    return (
      <p className="aside" aria-busy="true">
        Looking…
      </p>
    );
  const told = spanOfMessage(held.data, messageId);
  if (told === null) return <p className="aside">Its span is among those that are not kept.</p>;
  const { span, logs } = told;
  return (
    <>
      {span.statusMessage !== '' && (
        <p className="state-message">
          <bdi>{span.statusMessage}</bdi>
        </p>
      )}
      <Attributes title="What its span tells" attributes={span.attributes} isOpen />
      {span.events.map(({ at, name, attributes }) => (
        <Attributes
          key={`${at} ${name}`}
          title={name}
          attributes={attributes}
          isOpen={name === 'exception'}
        />
      ))}
      {logs.map(({ at, body }) => (
        <p key={`${at} ${body}`} className="message-log">
          <bdi>{body}</bdi>
        </p>
      ))}
    </>
  );
}
