import type { LiveState } from '../browser/use-live.js';
import { useMedia } from '../browser/use-media.js';
import { dateTime } from '../view/clock-time.js';
import { type TimeRangeId, timeRangeOf } from '../view/time-range.js';
import type { ViewState } from '../view/view-state.js';
import { CustomRange } from './custom-range.js';
import { FacetSelect } from './facet-select.js';
import { LiveSwitch } from './live-switch.js';
import { RangePicker } from './range-picker.js';

export type Controlled = Pick<ViewState, 'environment' | 'team'> & Partial<ViewState>;

export type ViewControlsProps = {
  url: Controlled;
  changeUrl: (change: Partial<ViewState>) => void;
  facets: { environments: string[]; teams: string[] } | null;
  /** Null on pages that ask every so often. */
  live: { state: LiveState; setFollowing: (following: boolean) => void } | null;
};

/** Environment, team, time range and live, as far as the page knows them. */
export function ViewControls({ url, changeUrl, facets, live }: ViewControlsProps) {
  const narrow = useMedia('(max-width: 47.99rem)');
  const { fixed = null, range } = url;
  // Pages that only slide have no fixed time in their address.
  const mayFix = url.fixed !== undefined;
  return (
    <>
      <div className="top-filters">
        <FacetSelect
          label="Environment"
          everything={narrow ? 'Env' : 'All environments'}
          values={facets?.environments ?? []}
          chosen={url.environment}
          choose={(environment) => changeUrl({ environment })}
        />
        <FacetSelect
          label="Team"
          everything={narrow ? 'Team' : 'All teams'}
          values={facets?.teams ?? []}
          chosen={url.team}
          choose={(team) => changeUrl({ team })}
        />
      </div>
      {fixed !== null && (
        <button type="button" className="button small" onClick={() => changeUrl({ fixed: null })}>
          {dateTime(fixed.fromMs)} to {dateTime(fixed.toMs)} <span aria-hidden="true">×</span>
          <span className="unseen">, back to the sliding time range</span>
        </button>
      )}
      {range !== undefined && (
        <RangePicker
          chosen={fixed === null ? range : null}
          choose={(id: TimeRangeId) => changeUrl(fixed === null ? { range: id } : { range: id, fixed: null })}
        />
      )}
      {mayFix && range !== undefined && (
        <CustomRange
          fixed={fixed}
          lengthMs={timeRangeOf(range).lengthMs}
          choose={(window) => changeUrl({ fixed: window })}
        />
      )}
      {live !== null && <LiveSwitch live={live.state} setFollowing={live.setFollowing} />}
    </>
  );
}
