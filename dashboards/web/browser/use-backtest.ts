import { useEffect, useState } from 'preact/hooks';
import { BacktestAnswer } from '../../../schemas/alerting/backtest.js';
import { apiUrl } from '../view/view-state.js';
import { send } from './ask.js';
import type { Held } from './use-answer.js';

/**
 * What a definition would have told over a time. The answer before stays until the next one is there; asked again only
 * when the question is another one. Null waits.
 */
export function useBacktest(question: object | null): Held<BacktestAnswer> {
  const [held, setHeld] = useState<Held<BacktestAnswer>>({ kind: 'loading' });
  const body = question === null ? null : JSON.stringify(question);
  useEffect(() => {
    if (body === null) return;
    let isOld = false;
    send('POST', apiUrl('slos/backtest'), BacktestAnswer, JSON.parse(body)).then((answer) => {
      if (isOld) return;
      setHeld(
        answer.kind === 'ok'
          ? { kind: 'held', data: answer.data, receivedAt: performance.now(), failure: null }
          : answer,
      );
    });
    return () => {
      isOld = true;
    };
  }, [body]);
  return held;
}
