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

export type TopBarProps = {
  url: UrlState;
  changeUrl: ChangeUrl;
  facets: { environments: string[]; teams: string[] } | null;
  tenant: string | null;
  live: LiveState;
  setFollowing: (following: boolean) => void;
  /** Before sign-in there is nothing to filter or follow. */
  signedOut: boolean;
};

/** What is looked at: whose, where, when, and whether it moves. */
export function TopBar({ url, changeUrl, facets, tenant, live, setFollowing, signedOut }: TopBarProps) {
  const [theme, toggleTheme] = useTheme();
  const narrow = useMedia('(max-width: 47.99rem)');
  return (
    <header className="top-bar">
      <a className="brand" href="/" aria-label="Coldburn, all functions">
        <Mark size={22} />
        <span className="wordmark">Coldburn</span>
      </a>
      {tenant !== null && tenant !== 'default' && (
        <span className="tenant" title={`Tenant ${tenant}`}>
          {tenant}
        </span>
      )}
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
      <div className="top-switches">
        {!signedOut && <LiveSwitch live={live} setFollowing={setFollowing} />}
        <ThemeSwitch theme={theme} toggle={toggleTheme} />
      </div>
    </header>
  );
}
