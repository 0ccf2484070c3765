import { useState } from 'preact/hooks';
import { Installation } from '../../../schemas/installation.js';
import { useAnswer } from '../browser/use-answer.js';
import type { LiveState } from '../browser/use-live.js';
import { Mark } from '../frame/mark.js';
import { reachableUrl } from '../view/reachable-url.js';
import { elsewhere, isLoopback, snippetsFor } from '../view/snippets/snippets.js';
import { CodeBlock } from './code-block.js';
import { StartDemo } from './demo/start-demo.js';

export type FirstMinuteProps = { live: LiveState };

const waiting: Record<LiveState, string> = {
  connecting: 'Waiting for the first invocation',
  live: 'Waiting for the first invocation',
  polling: 'Waiting for the first invocation, asking every 5 seconds',
  paused: 'Paused: go live to see the first invocation arrive',
};

/** Nothing was ever sent: how to send something to this very installation. It gives way as soon as something arrives. */
export function FirstMinute({ live }: FirstMinuteProps) {
  const { held } = useAnswer('/api/v1/installation', Installation);
  const installation = held.kind === 'held' ? held.data : null;
  return (
    <section className="first-minute" aria-labelledby="first-title">
      <div className="first-head">
        <Mark size={56} />
        <h1 id="first-title">Send your first invocation</h1>
        <p>Point any OpenTelemetry SDK here. The function shows up on this page within a second.</p>
        <p className="waiting" data-state={live} role="status">
          <span className="pulse" aria-hidden="true" />
          {waiting[live]}
        </p>
      </div>
      {installation !== null && (
        <Ways
          installation={{
            ...installation,
            otlpHttpUrl: reachableUrl(installation.otlpHttpUrl, location.hostname),
          }}
        />
      )}
    </section>
  );
}

function Ways({ installation }: { installation: Installation }) {
  const snippets = snippetsFor(installation);
  const [chosen, choose] = useState(snippets[0]?.id);
  const snippet = snippets.find(({ id }) => id === chosen);
  const fromElsewhere = chosen !== undefined && elsewhere.has(chosen);
  return (
    <div className="panel ways">
      <CodeBlock label="OTLP endpoint" code={installation.otlpHttpUrl} />
      <fieldset className="ranges way-picker">
        <legend className="unseen">Platform</legend>
        {snippets.map(({ id, label }) => (
          <label key={id}>
            <input type="radio" name="way" value={id} checked={id === chosen} onChange={() => choose(id)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {fromElsewhere && isLoopback(installation.otlpHttpUrl) && (
        <p className="notice">
          This address works on this machine only. Functions in a cloud need one they can reach: bind
          COLDBURN_OTLP_HTTP to a public address, or put a Collector in between.
        </p>
      )}
      {installation.access === 'keys' && (
        <p className="notice">
          Replace cbk_YOUR_KEY by a key from <code>coldburn token create --role ingest</code>.
        </p>
      )}
      <ol className="steps">
        {snippet?.steps.map(({ say, code }) => (
          <li key={say}>
            <CodeBlock label={say} code={code} />
          </li>
        ))}
      </ol>
      {installation.offersDemo ? (
        <>
          <p className="aside demo-hint">Or look around first:</p>
          <StartDemo />
        </>
      ) : (
        <p className="aside demo-hint">
          Or look around first: <code>COLDBURN_DATA_DIR=./demo npm start -- --demo</code> fills a folder of
          its own with forty functions of a shop and something wrong with one.
        </p>
      )}
    </div>
  );
}
