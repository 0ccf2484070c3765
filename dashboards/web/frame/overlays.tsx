import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Overlay } from '../browser/use-overlay.js';

export type OverlayProps = { open: (overlay: Overlay) => void; close: () => void };

const loads: Readonly<Record<Overlay, () => Promise<ComponentType<OverlayProps>>>> = {
  palette: async () => (await import('./palette/command-palette.js')).CommandPalette,
  keys: async () => (await import('./palette/key-help.js')).KeyHelp,
};

/** What opens over a page comes when it is first asked for; when it cannot be had, nothing opens. */
export function Overlays({ overlay, open, close }: OverlayProps & { overlay: Overlay }) {
  const [loaded, setLoaded] = useState<{ overlay: Overlay; View: ComponentType<OverlayProps> } | null>(null);
  useEffect(() => {
    loads[overlay]().then((View) => setLoaded({ overlay, View }), close);
  }, [overlay, close]);
  if (loaded === null || loaded.overlay !== overlay) return null;
  return <loaded.View open={open} close={close} />;
}
