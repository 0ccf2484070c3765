import { useEffect, useState } from 'preact/hooks';
import { DemoStarting } from '../../../../schemas/demo.js';
import { Installation } from '../../../../schemas/installation.js';
import { send } from '../../browser/ask.js';
import { useAnswer } from '../../browser/use-answer.js';
import { useSending } from '../../browser/use-sending.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';

const askEveryMs = 1_000;

/** Starts the demo fleet in this very installation, and shows its page as soon as the server is back with it. */
export function StartDemo() {
  const [isStarting, setStarting] = useState(false);
  const { isBusy, failure, wait } = useSending();
  const start = async () => {
    if ((await wait(send('POST', apiUrl('demo/start'), DemoStarting))) !== null) setStarting(true);
  };
  return (
    <div className="start-demo">
      <button type="button" className="button" disabled={isBusy || isStarting} onClick={start}>
        {isStarting ? 'Starting the demo fleet…' : 'Start the demo fleet'}
      </button>
      <p className="aside">
        Forty functions of a shop send here, with a month behind them and something wrong with one. This data
        directory is the demo's from then on; for your own functions give the server another one.
      </p>
      <Refusal failure={failure} />
      {isStarting && <UntilThere />}
    </div>
  );
}

/** Draws nothing; the page begins anew when the server does. */
function UntilThere() {
  const { held, refresh } = useAnswer('/api/v1/installation', Installation);
  const isThere = held.kind === 'held' && held.data.isDemo;
  useEffect(() => {
    if (isThere) location.assign('/');
    const timer = window.setInterval(refresh, askEveryMs);
    return () => window.clearInterval(timer);
  }, [isThere, refresh]);
  return null;
}
