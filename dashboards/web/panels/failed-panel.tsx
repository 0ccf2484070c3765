import type { Failure } from '../panel-state.js';

export type FailedPanelProps = { title: string; failure: Failure; retry: () => void };

/** Says what failed, what to do, and tries again. */
export function FailedPanel({ title, failure, retry }: FailedPanelProps) {
  return (
    <section className="panel state" role="alert">
      <h1>{title}</h1>
      <p className="state-message">{failure.message}</p>
      <p>{failure.remedy}</p>
      <p className="state-acts">
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
        <span className="aside">It is also tried every 5 seconds.</span>
        {failure.requestId !== null && (
          <span className="aside">
            Request <code>{failure.requestId}</code>
          </span>
        )}
      </p>
    </section>
  );
}
