import type { Theme } from '../browser/use-theme.js';

/** Dark or light. */
export function ThemeSwitch({ theme, toggle }: { theme: Theme; toggle: () => void }) {
  const words = theme === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme';
  return (
    <button type="button" className="icon-button" aria-label={words} title={words} onClick={toggle}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {theme === 'dark' ? (
          <path
            d="M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3.05 3.05l1.13 1.13M11.82 11.82l1.13 1.13M3.05 12.95l1.13-1.13M11.82 4.18l1.13-1.13M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z"
            fill="none"
            stroke="currentColor"
            stroke-width="1.3"
            stroke-linecap="round"
          />
        ) : (
          <path
            d="M13.5 9.7A5.8 5.8 0 0 1 6.3 2.5a5.8 5.8 0 1 0 7.2 7.2z"
            fill="none"
            stroke="currentColor"
            stroke-width="1.3"
            stroke-linejoin="round"
          />
        )}
      </svg>
    </button>
  );
}
