import type { FunctionList } from '../../../schemas/functions.js';
import type { Held } from '../browser/use-answer.js';
import type { ChangeDebug } from '../browser/use-debug-state.js';
import { dateTime } from '../view/clock-time.js';
import type { DebugState } from '../view/debug/debug-state.js';
import { timeRangeOf } from '../view/time-range.js';
import { urlSearchOf, urlStateFrom } from '../view/url-state.js';
import { CustomRange } from './custom-range.js';
import { FacetSelect } from './facet-select.js';
import { RangePicker } from './range-picker.js';

export type FunctionBarProps = {
  name: string;
  url: DebugState;
  changeUrl: ChangeDebug;
  functions: Held<FunctionList>;
};

/** Which function is looked at, where and when, and the way back. */
export function FunctionBar({ name, url, changeUrl, functions }: FunctionBarProps) {
  const environments = functions.kind === 'held' ? functions.data.environments : [];
  const { fixed, range, environment, version } = url;
  const back = `/${urlSearchOf({ ...urlStateFrom(''), range, environment })}`;
  return (
    <div className="function-bar">
      <div className="function-title">
        <a className="back" href={back}>
          <span aria-hidden="true">←</span> Functions
        </a>
        <h1 title={name}>
          <bdi>{name}</bdi>
        </h1>
      </div>
      <div className="function-controls">
        {version !== null && (
          <button type="button" className="button small" onClick={() => changeUrl({ version: null })}>
            Version <bdi>{version === '' ? 'not told' : version}</bdi> <span aria-hidden="true">×</span>
            <span className="unseen">, show every version</span>
          </button>
        )}
        <FacetSelect
          label="Environment"
          everything="All environments"
          values={environments}
          chosen={environment}
          choose={(value) => changeUrl({ environment: value })}
        />
        {fixed !== null && (
          <button
            type="button"
            className="button small"
            onClick={() => changeUrl({ fixed: null, listed: null })}
          >
            {dateTime(fixed.fromMs)} to {dateTime(fixed.toMs)} <span aria-hidden="true">×</span>
            <span className="unseen">, back to the sliding time range</span>
          </button>
        )}
        <RangePicker
          chosen={fixed === null ? range : null}
          choose={(id) => changeUrl({ range: id, fixed: null, listed: null })}
        />
        <CustomRange
          fixed={fixed}
          lengthMs={timeRangeOf(range).lengthMs}
          choose={(window) => changeUrl({ fixed: window, listed: null })}
        />
      </div>
    </div>
  );
}
