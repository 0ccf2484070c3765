import type { ComponentChildren } from 'preact';
import type { PanelState } from '../panel-state.js';
import { Tile } from './tile.js';

export type HeadlineProps<Data> = {
  /** Of the tiles to come, so that nothing jumps when they do. */
  labels: readonly string[];
  state: PanelState<Data, string>;
  retry: () => void;
  children: (data: Data) => ComponentChildren;
};

/** What a page is about in a row of figures, in one of four states. */
export function Headline<Data>({ labels, state, retry, children }: HeadlineProps<Data>) {
  switch (state.kind) {
    case 'loading':
      return (
        <section className="summary headline" aria-label="Summary" aria-busy="true">
          {labels.map((label) => (
            <Tile key={label} label={label} value={<span className="bone bone-large" />} />
          ))}
        </section>
      );
    case 'failed':
      return (
        <div className="banner" role="alert">
          <p>
            <strong>{state.failure.message}.</strong> {state.failure.remedy}
          </p>
          <button type="button" className="button" onClick={retry}>
            Try again
          </button>
        </div>
      );
    case 'no-data':
      return (
        <div className="panel headline-nothing">
          <p>{state.nothing}</p>
        </div>
      );
    case 'ready':
      return (
        <section className="summary headline" aria-label="Summary">
          {children(state.data)}
        </section>
      );
  }
}
