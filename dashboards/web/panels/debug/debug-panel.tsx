import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { saveTablesCsv } from '../../browser/save-table.js';
import type { PanelState } from '../../panel-state.js';
import { Menu, type MenuItem } from '../menu.js';

export type DebugPanelProps<Data> = {
  /** Used as an id as well: lower case, no spaces. */
  name: string;
  title: string;
  note?: ComponentChildren;
  /** Stays whatever the state: filters, for example. */
  above?: ComponentChildren;
  /** Ways to take along what is shown; left out: its tables as CSV, if it has any. */
  take?: readonly MenuItem[] | undefined;
  state: PanelState<Data, string>;
  retry: () => void;
  /** Height of what is coming, in rem, so that nothing jumps when it does. */
  heightRem: number;
  children: (data: Data) => ComponentChildren;
};

/** A panel in one of its four states. */
export function DebugPanel<Data>(props: DebugPanelProps<Data>) {
  const { name, title, note, above, state, heightRem, take } = props;
  const isWaiting = state.kind === 'loading';
  const section = useRef<HTMLElement | null>(null);
  const [hasTable, setHasTable] = useState(false);
  useLayoutEffect(() => setHasTable(section.current?.querySelector('.debug-body table') != null));
  const save = () => {
    if (section.current !== null) saveTablesCsv(title, section.current);
  };
  const items = take ?? (hasTable ? [{ label: 'Save as CSV', act: save }] : []);
  return (
    <section
      ref={section}
      className="panel debug-panel"
      data-panel={name}
      aria-labelledby={`${name}-title`}
      aria-busy={isWaiting}
    >
      <header className="debug-head">
        <h2 id={`${name}-title`}>{title}</h2>
        {note !== undefined && <div className="aside">{note}</div>}
        {state.kind === 'ready' && items.length > 0 && <Menu label={`More about ${title}`} items={items} />}
      </header>
      {above}
      <div className="debug-body" style={{ minHeight: `${isWaiting ? heightRem : 0}rem` }}>
        {body(props)}
      </div>
    </section>
  );
}

function body<Data>({ state, retry, title, children }: DebugPanelProps<Data>) {
  switch (state.kind) {
    case 'loading':
      return (
        <>
          <p className="unseen">Loading {title.toLowerCase()}…</p>
          <div className="debug-bones" aria-hidden="true">
            <span className="bone" />
            <span className="bone" />
            <span className="bone bone-small" />
          </div>
        </>
      );
    case 'failed':
      return (
        <div className="debug-failed" role="alert">
          <p className="state-message">
            {state.failure.code === 'QUERY_LIMIT' && <span className="chart-note">Stopped at its limit</span>}{' '}
            {state.failure.message}
          </p>
          <p>{state.failure.remedy}</p>
          <p className="state-acts">
            <button type="button" className="button small" onClick={retry}>
              Try again
            </button>
            {state.failure.requestId !== null && (
              <span className="aside">
                Request <code>{state.failure.requestId}</code>
              </span>
            )}
          </p>
        </div>
      );
    case 'no-data':
      // What stands above it may say enough.
      return state.nothing === '' ? null : <p className="debug-nothing">{state.nothing}</p>;
    case 'ready':
      return children(state.data);
  }
}
