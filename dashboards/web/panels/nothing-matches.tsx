import type { ChangeUrl } from '../browser/use-url-state.js';
import { timeRangeOf } from '../view/time-range.js';
import type { UrlState } from '../view/url-state.js';

/** There is data, but not in this time range and selection. */
export function NothingMatches({ url, changeUrl }: { url: UrlState; changeUrl: ChangeUrl }) {
  const { environment, team, range } = url;
  const isFiltered = environment !== null || team !== null;
  return (
    <section className="panel state" aria-label="Functions">
      <h1>No invocations in {timeRangeOf(range).words}</h1>
      {isFiltered && (
        <p>
          Only invocations
          {environment !== null && (
            <>
              {' '}
              {environment === '' ? (
                'without an environment'
              ) : (
                <>
                  in the environment <q>{environment}</q>
                </>
              )}
            </>
          )}
          {environment !== null && team !== null && ' and'}
          {team !== null && (
            <>
              {' '}
              {team === '' ? (
                'without a team'
              ) : (
                <>
                  of the team <q>{team}</q>
                </>
              )}
            </>
          )}{' '}
          are counted here.
        </p>
      )}
      <p>Others were seen before; a wider time range may show them.</p>
      <p className="state-acts">
        {range !== '7d' && (
          <button type="button" className="button" onClick={() => changeUrl({ range: '7d' })}>
            Show the last 7 days
          </button>
        )}
        {isFiltered && (
          <button
            type="button"
            className="button"
            onClick={() => changeUrl({ environment: null, team: null })}
          >
            Clear the filters
          </button>
        )}
      </p>
    </section>
  );
}
