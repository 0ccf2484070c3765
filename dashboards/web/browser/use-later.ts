import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose code comes once it is wanted; null until then. */
export function useLater<Props>(
  isWanted: boolean,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> | null {
  const [loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    if (!isWanted || loaded !== null) return;
    load().then(
      (component) => setLoaded(() => component),
      // The hashed file is gone after an update; a reload brings the new one.
      () => location.reload(),
    );
  }, [isWanted, loaded, load]);
  return loaded;
}
