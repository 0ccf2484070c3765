import type { ComponentChildren } from 'preact';
import { useTheme } from '../browser/use-theme.js';
import { DemoMark } from './demo-mark.js';
import { Mark } from './mark.js';
import { ThemeSwitch } from './theme-switch.js';

export type TopBarProps = {
  tenant: string | null;
  /** The demo fleet sends: its page can start incidents. */
  isDemo: boolean;
  /** What the page is kept to, and whether it moves; null on pages that show everything. */
  controls: ComponentChildren;
  openPalette: () => void;
};

/** What is looked at: whose, where, when, and whether it moves. */
export function TopBar({ tenant, isDemo, controls, openPalette }: TopBarProps) {
  const [theme, toggleTheme] = useTheme();
  const hasControls = controls !== null && controls !== undefined;
  return (
    <header className="top-bar" data-controls={hasControls}>
      <a className="brand" href="/" aria-label="Coldburn, all functions">
        <Mark size={22} />
        <span className="wordmark">Coldburn</span>
      </a>
      {tenant !== null && tenant !== 'default' && (
        <span className="tenant" title={`Tenant ${tenant}`}>
          {tenant}
        </span>
      )}
      {isDemo && <DemoMark />}
      <button
        type="button"
        className="find"
        aria-keyshortcuts="Control+K Meta+K"
        title="Go to a page, a function or an SLO"
        onClick={openPalette}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path
            d="M6 10.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM9.3 9.3l3.2 3.2"
            fill="none"
            stroke="currentColor"
            stroke-width="1.3"
            stroke-linecap="round"
          />
        </svg>
        <span className="find-words">Go to…</span>
        <kbd>{isApple() ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {hasControls && <div className="top-controls">{controls}</div>}
      <ThemeSwitch theme={theme} toggle={toggleTheme} />
    </header>
  );
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
