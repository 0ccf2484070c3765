import { useCallback, useEffect, useState } from 'preact/hooks';

export type Theme = 'dark' | 'light';

const key = 'coldburn-theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** The theme in force, and a switch. Choosing what the system says anyway makes the page follow the system again. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(themeInForce);

  useEffect(() => {
    const follow = (): void => setTheme(themeInForce());
    systemDark.addEventListener('change', follow);
    return () => systemDark.removeEventListener('change', follow);
  }, []);

  const toggle = useCallback(() => {
    const next: Theme = themeInForce() === 'dark' ? 'light' : 'dark';
    document.documentElement.setAttribute('data-theme', next);
    remember(next === systemTheme() ? null : next);
    setTheme(next);
  }, []);

  return [theme, toggle];
}

function systemTheme(): Theme {
  return systemDark.matches ? 'dark' : 'light';
}

function themeInForce(): Theme {
  const chosen = document.documentElement.getAttribute('data-theme');
  return chosen === 'dark' || chosen === 'light' ? chosen : systemTheme();
}

/** Storage may be forbidden; then the choice lasts as long as the page. `public/theme.js` reads it before first paint. */
function remember(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    return;
  }
}
