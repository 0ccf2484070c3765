import type { KeyEvent, KeyEventStore } from '../../access/keys/key-event.js';
import type { RandomBytes } from '../../access/keys/key-text.js';

/** Key events in an array, for tests that are not about the warehouse. */
export function memoryKeyStore(): KeyEventStore {
  const events: KeyEvent[] = [];
  return {
    read: async () => [...events],
    append: async (event) => {
      events.push(event);
    },
  };
}

/** Different bytes at every call, and the same ones in every run. */
export function countingBytes(): RandomBytes {
  let next = 0;
  return (count) => {
    next += 1;
    return Uint8Array.from({ length: count }, (_, index) => (next * 7 + index * 13) % 256);
  };
}
