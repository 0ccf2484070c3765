import { useMemo } from 'preact/hooks';
import type { FunctionList } from '../../schemas/functions.js';
import type { Functions } from './browser/use-functions.js';
import { useLater } from './browser/use-later.js';
import type { LiveState } from './browser/use-live.js';
import { useNow } from './browser/use-now.js';
import type { ChangeUrl } from './browser/use-url-state.js';
import type { PanelState } from './panel-state.js';
import { FunctionsPanel } from './panels/functions-panel.js';
import { NothingMatches } from './panels/nothing-matches.js';
import { StaleBanner } from './panels/stale-banner.js';
import { SummaryStrip } from './panels/summary-strip.js';
import { filterFunctions } from './view/filter-functions.js';
import { functionKey } from './view/function-key.js';
import { sortFunctions } from './view/sort-functions.js';
import { summarizeFunctions } from './view/summarize-functions.js';
import { timeRangeOf } from './view/time-range.js';
import type { UrlState } from './view/url-state.js';

export type FunctionsPageProps = {
  url: UrlState;
  changeUrl: ChangeUrl;
  functions: Functions;
  live: LiveState;
};

const none: FunctionList['functions'] = [];
const loadFirstMinute = async () => (await import('./panels/first-minute.js')).FirstMinute;
const loadDetails = async () => (await import('./panels/function-details.js')).FunctionDetails;

/** The first page: every function, failing ones first. */
export function FunctionsPage({ url, changeUrl, functions, live }: FunctionsPageProps) {
  const { held, refresh } = functions;
  const list = held.kind === 'held' ? held.data : null;
  const receivedAt = held.kind === 'held' ? held.receivedAt : 0;
  const now = useNow(live !== 'paused');
  const rows = useMemo(() => {
    const matching = filterFunctions(list?.functions ?? none, url.filter);
    return sortFunctions(matching, url.sort, url.direction);
  }, [list, url.filter, url.sort, url.direction]);
  const summary = useMemo(() => summarizeFunctions(rows), [rows]);
  const opened = url.open === null ? undefined : list?.functions.find((one) => functionKey(one) === url.open);

  const isFirst = list !== null && !list.everSeen;
  const FirstMinute = useLater(isFirst, loadFirstMinute);
  const FunctionDetails = useLater(opened !== undefined, loadDetails);

  if (isFirst) return FirstMinute === null ? null : <FirstMinute live={live} />;
  if (list !== null && list.functions.length === 0) return <NothingMatches url={url} changeUrl={changeUrl} />;

  // The answer's age on the page's clock moves the server's "to" on, so neither clock has to be right.
  const serverNowMs = list === null ? 0 : Date.parse(list.to) + Math.max(0, now - receivedAt);
  return (
    <>
      {held.kind === 'held' && held.failure !== null && (
        <StaleBanner failure={held.failure} ageMs={Math.max(0, now - held.receivedAt)} retry={refresh} />
      )}
      <SummaryStrip
        state={stateOf(held, summary)}
        windowMs={timeRangeOf(url.range).lengthMs}
        changeUrl={changeUrl}
      />
      <FunctionsPanel
        state={stateOf(held, { rows, truncated: list?.truncated ?? false, serverNowMs })}
        url={url}
        changeUrl={changeUrl}
        retry={refresh}
      />
      {opened !== undefined && FunctionDetails !== null && (
        <FunctionDetails summary={opened} range={url.range} close={() => changeUrl({ open: null })} />
      )}
    </>
  );
}

function stateOf<Data>(held: Functions['held'], data: Data): PanelState<Data> {
  switch (held.kind) {
    case 'held':
      return { kind: 'ready', data };
    case 'failed':
      return { kind: 'failed', failure: held.failure };
    case 'loading':
    case 'signed-out':
      return { kind: 'loading' };
  }
}
