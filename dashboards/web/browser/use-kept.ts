import { useRef } from 'preact/hooks';
import type { Held } from './use-answer.js';

/** The answer before, while the next one is on its way: what is asked moves on, what is drawn does not blink. */
export function useKept<Data>(held: Held<Data>): Held<Data> {
  const last = useRef(held);
  if (held.kind !== 'loading') last.current = held;
  return last.current;
}
