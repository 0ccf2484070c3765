import type { PanelState } from '../../panel-state.js';
import type { Headline as FunctionHeadline } from '../../view/debug/headline.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRate } from '../../view/format-rate.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';
import { Headline } from '../headline.js';
import { Tile } from '../tile.js';

const labels = ['Success rate', 'Invocations', 'p50', 'p95', 'p99', 'Cold starts', 'Retries', 'Duplicates'];

export type HeadlineStripProps = {
  state: PanelState<FunctionHeadline, string>;
  windowMs: number;
  retry: () => void;
};

/** One function in figures. */
export function HeadlineStrip({ state, windowMs, retry }: HeadlineStripProps) {
  return (
    <Headline labels={labels} state={state} retry={retry}>
      {(headline) => tiles(headline, windowMs)}
    </Headline>
  );
}

function tiles(headline: FunctionHeadline, windowMs: number) {
  const { invocations, bad, coldStarts, retries, duplicates, concurrencyMax, coverageRatio } = headline;
  const noneRan = 'none of its invocations ran';
  return (
    <>
      <Tile
        label="Success rate"
        alarm={bad > 0}
        value={<Figure text={formatRatio(headline.successRatio)} />}
        note={bad === 0 ? 'nothing failed' : `${formatCount(bad)} failed`}
      />
      <Tile
        label="Invocations"
        value={<Figure text={formatCount(invocations)} title={exactCount(invocations)} />}
        note={formatRate(invocations, windowMs)}
        noteTitle="On average over the time range"
      />
      <Tile
        label="p50"
        value={<Figure text={formatDuration(headline.p50Ms)} title={noneRan} />}
        note="half took less"
      />
      <Tile
        label="p95"
        value={<Figure text={formatDuration(headline.p95Ms)} title={noneRan} />}
        note="1 in 20 took longer"
      />
      <Tile
        label="p99"
        value={<Figure text={formatDuration(headline.p99Ms)} title={noneRan} />}
        note="1 in 100 took longer"
      />
      <Tile
        label="Cold starts"
        value={<Figure text={formatCount(coldStarts)} title={exactCount(coldStarts)} />}
        note={
          headline.coldStartRatio === null ? undefined : `${formatRatio(headline.coldStartRatio)} of runs`
        }
      />
      <Tile
        label="Retries"
        value={<Figure text={formatCount(retries)} title={exactCount(retries)} />}
        note="later attempts"
      />
      <Tile
        label="Duplicates"
        value={<Figure text={formatCount(duplicates)} title={exactCount(duplicates)} />}
        note="processed again"
      />
      {concurrencyMax !== null && (
        <Tile
          label="Concurrency"
          value={<Figure text={formatCount(concurrencyMax)} />}
          note="most at one instant"
        />
      )}
      {coverageRatio !== null && (
        <Tile
          label="Coverage"
          alarm={coverageRatio < 0.99}
          value={<Figure text={formatRatio(coverageRatio)} />}
          note="of what the provider counted"
        />
      )}
    </>
  );
}
