import type { Failure } from '../panel-state.js';
import { formatAgo } from '../view/format-ago.js';

export type StaleBannerProps = { failure: Failure; ageMs: number; retry: () => void };

/** The figures below are old because the newest question failed. */
export function StaleBanner({ failure, ageMs, retry }: StaleBannerProps) {
  return (
    <div className="banner" role="alert">
      <p>
        <strong>{failure.message}.</strong> {failure.remedy} These figures are from{' '}
        {ageMs < 2000 ? 'just now' : formatAgo(ageMs)}.
      </p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
