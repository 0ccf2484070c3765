import { useEffect, useRef } from 'preact/hooks';
import type { FunctionSummary } from '../../../schemas/functions.js';
import { useMedia } from '../browser/use-media.js';
import { useRem } from '../browser/use-rem.js';
import { useRowFocus } from '../browser/use-row-focus.js';
import { useRowsInView } from '../browser/use-rows-in-view.js';
import type { ChangeUrl } from '../browser/use-url-state.js';
import type { PanelState } from '../panel-state.js';
import { exactCount } from '../view/format-count.js';
import { functionKey } from '../view/function-key.js';
import type { UrlState } from '../view/url-state.js';
import { FailedPanel } from './failed-panel.js';
import { FunctionCards } from './function-cards.js';
import { FunctionTable } from './function-table.js';
import { FunctionsToolbar } from './functions-toolbar.js';
import { Skeleton } from './skeleton.js';

export type FunctionRows = { rows: FunctionSummary[]; truncated: boolean; serverNowMs: number };

export type FunctionsPanelProps = {
  state: PanelState<FunctionRows>;
  url: UrlState;
  changeUrl: ChangeUrl;
  retry: () => void;
};

/** The list of functions: a table, or cards where a table would not fit. */
export function FunctionsPanel({ state, url, changeUrl, retry }: FunctionsPanelProps) {
  switch (state.kind) {
    case 'loading':
    case 'no-data':
      return <Skeleton />;
    case 'failed':
      return <FailedPanel title="The functions could not be read" failure={state.failure} retry={retry} />;
    case 'ready':
      return <FunctionList {...state.data} url={url} changeUrl={changeUrl} />;
  }
}

type FunctionListProps = FunctionRows & Pick<FunctionsPanelProps, 'url' | 'changeUrl'>;

function FunctionList({ rows, truncated, serverNowMs, url, changeUrl }: FunctionListProps) {
  const narrow = useMedia('(max-width: 47.99rem)');
  const rem = useRem();
  const rowPx = (narrow ? 9.25 : 3.375) * rem;
  const { view, top } = useRowsInView(rows.length, rowPx);
  const list = useRef<HTMLDivElement | null>(null);
  const filter = useRef<HTMLInputElement | null>(null);
  const { current, focusRow, onKeyDown } = useRowFocus(rows.length, rowPx, top, list);
  const open = (row: FunctionSummary | undefined) => {
    if (row !== undefined) changeUrl({ open: functionKey(row) });
  };

  useEffect(() => {
    const onSlash = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      event.preventDefault();
      filter.current?.focus();
    };
    addEventListener('keydown', onSlash);
    return () => removeEventListener('keydown', onSlash);
  }, []);

  const shown = {
    rows: rows.slice(view.first, view.end),
    view,
    total: rows.length,
    current,
    serverNowMs,
    onKeyDown,
  };
  return (
    <section className="panel functions" aria-label="Functions">
      <FunctionsToolbar
        url={url}
        changeUrl={changeUrl}
        shown={rows.length}
        sortable={narrow}
        input={filter}
        intoList={() => focusRow(current)}
        openFirst={() => open(rows[0])}
        save={() => void save(rows)}
      />
      {truncated && (
        <p className="notice">
          Only the {exactCount(rows.length)} busiest functions are listed. Choose an environment or a team to
          see the others.
        </p>
      )}
      <div ref={list}>
        {narrow ? (
          <FunctionCards {...shown} top={top} open={open} />
        ) : (
          <FunctionTable {...shown} top={top} open={open} url={url} changeUrl={changeUrl} />
        )}
      </div>
      {rows.length === 0 && (
        <p className="none-match">
          No function matches <q>{url.filter}</q>.{' '}
          <button type="button" className="link" onClick={() => changeUrl({ filter: '' })}>
            Clear the filter
          </button>
        </p>
      )}
    </section>
  );
}

async function save(rows: readonly FunctionSummary[]): Promise<void> {
  const [{ saveRowsCsv }, { functionCsvRows }] = await Promise.all([
    import('../browser/save-table.js'),
    import('../view/list-csv.js'),
  ]);
  saveRowsCsv('Functions', functionCsvRows(rows));
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'radio';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
