import type { ComponentChildren } from 'preact';
import { Installation } from '../../../schemas/installation.js';
import { useAnswer } from '../browser/use-answer.js';
import { useOverlay } from '../browser/use-overlay.js';
import type { PageId } from '../view/pages.js';
import { Overlays } from './overlays.js';
import { Rail } from './rail.js';
import { TopBar } from './top-bar.js';

export type ShellProps = {
  /** Null on pages that are not in the rail. */
  page: PageId | null;
  /** What the first link skips to: "the functions". */
  skipTo: string;
  controls?: ComponentChildren;
  children: ComponentChildren;
};

/** What stands around every page: the views, the bar, the way to anything by keyboard. */
export function Shell({ page, skipTo, controls = null, children }: ShellProps) {
  const { overlay, open, close } = useOverlay();
  const { held } = useAnswer('/api/v1/installation', Installation);
  const { tenant = null, isDemo = false } = held.kind === 'held' ? held.data : {};
  return (
    <>
      <a className="skip" href="#main">
        Skip to {skipTo}
      </a>
      <div className="shell">
        <Rail page={page} openPalette={() => open('palette')} />
        <div className="shell-page">
          <TopBar tenant={tenant} isDemo={isDemo} controls={controls} openPalette={() => open('palette')} />
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      {overlay !== null && <Overlays overlay={overlay} open={open} close={close} />}
    </>
  );
}
