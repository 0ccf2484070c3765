import { useMemo } from 'preact/hooks';
import { saveRowsCsv } from './browser/save-table.js';
import type { ChangeDebug } from './browser/use-debug-state.js';
import { useInvocationPages } from './browser/use-invocation-pages.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { InvocationFilters } from './panels/debug/invocation-filters.js';
import { InvocationList } from './panels/debug/invocation-list.js';
import type { DebugState } from './view/debug/debug-state.js';
import { debugUrls } from './view/debug/debug-urls.js';
import { invocationCsvRows } from './view/list-csv.js';

export type InvocationsSectionProps = {
  name: string;
  url: DebugState;
  changeUrl: ChangeDebug;
  versions: string[];
  errorTypes: string[];
};

/** The single invocations. The list holds still while it is read; newer ones come at a click. */
export function InvocationsSection({ name, url, changeUrl, versions, errorTypes }: InvocationsSectionProps) {
  const address = useMemo(() => debugUrls(name, url).invocations, [name, url]);
  const { state, more, again } = useInvocationPages(address);
  return (
    <DebugPanel
      name="invocations"
      title="Invocation list"
      note={
        <button type="button" className="link" onClick={again}>
          Read the newest
        </button>
      }
      above={
        <InvocationFilters url={url} changeUrl={changeUrl} versions={versions} errorTypes={errorTypes} />
      }
      take={
        state.kind === 'ready'
          ? [
              {
                label: 'Save as CSV',
                act: () => saveRowsCsv(`${name} invocations`, invocationCsvRows(state.data.rows)),
              },
            ]
          : []
      }
      state={state}
      retry={again}
      heightRem={20}
    >
      {(list) => <InvocationList list={list} more={more} />}
    </DebugPanel>
  );
}
