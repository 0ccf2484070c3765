import type { Held } from './use-answer.js';

/** The same state with other data. */
export function mapHeld<From, To>(held: Held<From>, make: (data: From) => To): Held<To> {
  return held.kind === 'held' ? { ...held, data: make(held.data) } : held;
}
