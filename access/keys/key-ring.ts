import { foldKeys, type StoredKey } from './fold-keys.js';
import type { KeyEventStore } from './key-event.js';

/** All keys in memory, so that a check costs no query. */
export interface KeyRing {
  find(keyId: string): StoredKey | undefined;
  all(): readonly StoredKey[];
  /** True as soon as any key was ever created; revoking the last one does not open the installation again. */
  hasHadKeys(): boolean;
  /** Reads the events again; when it resolves, everything stored before the call is known. */
  refresh(): Promise<void>;
  markUsed(keyId: string, at: Date): void;
  lastUsedAt(keyId: string): Date | null;
}

/** Loads the keys. Rejects when they cannot be read, because "no keys" would mean "open to everyone". */
export async function openKeyRing(store: KeyEventStore): Promise<KeyRing> {
  let keys = foldKeys(await store.read());
  const lastUsed = new Map<string, Date>();
  let queue: Promise<void> = Promise.resolve();
  const load = async () => {
    keys = foldKeys(await store.read());
  };
  return {
    find: (keyId) => keys.get(keyId),
    all: () => [...keys.values()],
    hasHadKeys: () => keys.size > 0,
    refresh: () => {
      // One after another, so an older answer never replaces a newer one; a failed read keeps the keys we have.
      queue = queue.then(load, load);
      return queue;
    },
    markUsed: (keyId, at) => {
      lastUsed.set(keyId, at);
    },
    lastUsedAt: (keyId) => lastUsed.get(keyId) ?? null,
  };
}

/**
 * Reads the keys again and again, because another process may create or revoke one. Returns how to stop.
 * `onError` hears of each failed read; the last known keys stay in force meanwhile.
 */
export function keepFresh(ring: KeyRing, everyMs: number, onError: (error: unknown) => void): () => void {
  let isReading = false;
  const timer = setInterval(() => {
    if (isReading) return;
    isReading = true;
    ring
      .refresh()
      .catch(onError)
      .finally(() => {
        isReading = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
