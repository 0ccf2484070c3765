import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import { ask } from './ask.js';
import type { Held } from './use-answer.js';

const atOnce = 3;

/** Answers of several like questions, asked a few at a time and shown when all are there. None is asked again. */
export function useAllAnswers<Data>(urls: readonly string[] | null, schema: z.ZodType<Data>): Held<Data[]> {
  const [held, setHeld] = useState<Held<Data[]>>({ kind: 'loading' });
  const key = urls === null ? null : urls.join('\n');
  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    const all = key === '' ? [] : key.split('\n');
    const answers = new Map<string, Data>();
    const run = async (): Promise<void> => {
      const waiting = [...all];
      const worker = async (): Promise<void> => {
        for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
          const answer = await ask(url, schema, abort.signal);
          if (answer.kind === 'ok') answers.set(url, answer.data);
          else if (!abort.signal.aborted) setHeld(answer);
          if (answer.kind !== 'ok') waiting.length = 0;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      if (abort.signal.aborted || answers.size < all.length) return;
      const data = all.flatMap((url) => answers.get(url) ?? []);
      setHeld({ kind: 'held', data, receivedAt: performance.now(), failure: null });
    };
    setHeld({ kind: 'loading' });
    run().catch(() => undefined);
    return () => abort.abort();
  }, [key, schema]);
  return held;
}
