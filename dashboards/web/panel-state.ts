import type { ProblemCode } from '../../schemas/problem.js';

/** What went wrong, in words for the reader, and what to do about it. */
export type Failure = {
  message: string;
  remedy: string;
  requestId: string | null;
  /** From the table of errors; left out where no server answered. */
  code?: ProblemCode;
};

/** The four things a panel can have to say. `no-data` carries why there is nothing. */
export type PanelState<Data, Nothing = null> =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'no-data'; nothing: Nothing }
  | { kind: 'ready'; data: Data };

/** The same state with other data. */
export function mapState<From, To, Nothing>(
  state: PanelState<From, Nothing>,
  make: (data: From) => To,
): PanelState<To, Nothing> {
  return state.kind === 'ready' ? { kind: 'ready', data: make(state.data) } : state;
}
