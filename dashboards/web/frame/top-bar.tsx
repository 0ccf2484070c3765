import type { LiveState } from '../browser/use-live.js';
import { useMedia } from '../browser/use-media.js';
import { useTheme } from '../browser/use-theme.js';
import type { ChangeUrl } from '../browser/use-url-state.js';
import type { UrlState } from '../view/url-state.js';
import { FacetSelect } from './facet-select.js';
import { LiveSwitch } from './live-switch.js';
import { Mark } from './mark.js';
import { RangePicker } from './range-picker.js';
import { ThemeSwitch } from './theme-switch.js';

/** What the page about functions is filtered by, and whether it moves. */
export type FunctionControls = {
  url: UrlState;
  changeUrl: ChangeUrl;
  facets: { environments: string[]; teams: string[] } | null;
  live: LiveState;
  setFollowing: (following: boolean) => void;
  /** Before sign-in there is nothing to filter or follow. */
  signedOut: boolean;
};

export type TopBarProps = {
  page: 'functions' | 'function' | 'trace' | 'ingest';
  tenant: string | null;
  /** Null on pages that show everything. */
  controls: FunctionControls | null;
};

const pages = [
  { page: 'functions', href: '/', label: 'Functions' },
  { page: 'ingest', href: '/ingest', label: 'Ingest' },
] as const;

/** What is looked at: whose, where, when, and whether it moves. */
export function TopBar({ page, tenant, controls }: TopBarProps) {
  const [theme, toggleTheme] = useTheme();
  return (
    <header className="top-bar" data-page={page}>
      <a className="brand" href="/" aria-label="Coldburn, all functions">
        <Mark size={22} />
        <span className="wordmark">Coldburn</span>
      </a>
      {tenant !== null && tenant !== 'default' && (
        <span className="tenant" title={`Tenant ${tenant}`}>
          {tenant}
        </span>
      )}
      <nav className="pages" aria-label="Pages">
        {pages.map(({ page: name, href, label }) => (
          <a key={name} href={href} aria-current={name === page ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {controls !== null && <Filters {...controls} />}
      <div className="top-switches">
        {controls !== null && !controls.signedOut && (
          <LiveSwitch live={controls.live} setFollowing={controls.setFollowing} />
        )}
        <ThemeSwitch theme={theme} toggle={toggleTheme} />
      </div>
    </header>
  );
}

function Filters({ url, changeUrl, facets, signedOut }: FunctionControls) {
  const narrow = useMedia('(max-width: 47.99rem)');
  return (
    <>
      <div className="top-filters" hidden={signedOut}>
        <FacetSelect
          label="Environment"
          everything={narrow ? 'All envs' : 'All environments'}
          values={facets?.environments ?? []}
          chosen={url.environment}
          choose={(environment) => changeUrl({ environment })}
        />
        <FacetSelect
          label="Team"
          everything="All teams"
          values={facets?.teams ?? []}
          chosen={url.team}
          choose={(team) => changeUrl({ team })}
        />
      </div>
      {!signedOut && <RangePicker chosen={url.range} choose={(range) => changeUrl({ range })} />}
    </>
  );
}
