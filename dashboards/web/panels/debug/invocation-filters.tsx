import type { ChangeDebug } from '../../browser/use-debug-state.js';
import { FacetSelect } from '../../frame/facet-select.js';
import { dateTime } from '../../view/clock-time.js';
import { type DebugState, everyInvocation, filterCount } from '../../view/debug/debug-state.js';
import { outcomeLabels } from '../../view/debug/invocation-words.js';

export type InvocationFiltersProps = {
  url: DebugState;
  changeUrl: ChangeDebug;
  versions: string[];
  errorTypes: string[];
};

const outcomes = Object.keys(outcomeLabels);

/** What the list is kept to; every filter stands in the link. */
export function InvocationFilters({ url, changeUrl, versions, errorTypes }: InvocationFiltersProps) {
  const { listed } = url;
  return (
    <div className="list-filters">
      <FacetSelect
        label="Outcome"
        everything="Any outcome"
        values={outcomes}
        wordsOf={outcomeLabels}
        chosen={url.outcome}
        choose={(value) => {
          const outcome = isOutcome(value) ? value : null;
          changeUrl({ outcome });
        }}
      />
      <FacetSelect
        label="Start"
        everything="Cold and warm"
        values={['cold', 'warm']}
        wordsOf={{ cold: 'Only cold', warm: 'Only warm' }}
        chosen={url.cold === null ? null : url.cold ? 'cold' : 'warm'}
        choose={(value) => changeUrl({ cold: value === null ? null : value === 'cold' })}
      />
      <FacetSelect
        label="Version"
        everything="All versions"
        values={versions}
        chosen={url.version}
        choose={(version) => changeUrl({ version })}
      />
      <FacetSelect
        label="Error type"
        everything="Any error"
        values={errorTypes}
        chosen={url.errorType}
        choose={(errorType) => changeUrl({ errorType })}
      />
      <Amount label="From ms" value={url.minMs} change={(minMs) => changeUrl({ minMs })} />
      <Amount label="Below ms" value={url.maxMs} change={(maxMs) => changeUrl({ maxMs })} />
      <input
        className="list-input id-input"
        type="search"
        aria-label="Invocation id"
        placeholder="Invocation id"
        autocomplete="off"
        spellcheck={false}
        maxLength={300}
        value={url.id ?? ''}
        onChange={({ currentTarget }) => {
          const id = currentTarget.value.trim();
          changeUrl({ id: id === '' ? null : id });
        }}
      />
      {listed !== null && (
        <button type="button" className="button small" onClick={() => changeUrl({ listed: null })}>
          {dateTime(listed.fromMs)} to {dateTime(listed.toMs)} <span aria-hidden="true">×</span>
          <span className="unseen">, show the whole time range</span>
        </button>
      )}
      {url.group !== null && (
        <button type="button" className="button small" onClick={() => changeUrl({ group: null })}>
          One group of errors <span aria-hidden="true">×</span>
          <span className="unseen">, show all</span>
        </button>
      )}
      {filterCount(url) > 0 && (
        <button type="button" className="link" onClick={() => changeUrl(everyInvocation)}>
          Clear filters
        </button>
      )}
    </div>
  );
}

type AmountProps = { label: string; value: number | null; change: (value: number | null) => void };

function Amount({ label, value, change }: AmountProps) {
  return (
    <input
      className="list-input amount-input"
      type="number"
      min="0"
      step="any"
      aria-label={label}
      placeholder={label}
      value={value ?? ''}
      onChange={({ currentTarget: { value: text } }) =>
        change(text === '' ? null : Math.max(0, Number(text)))
      }
    />
  );
}

function isOutcome(value: string | null): value is NonNullable<DebugState['outcome']> {
  return value !== null && outcomes.includes(value);
}
