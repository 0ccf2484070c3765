import type { Failure } from '../panel-state.js';

/** Why a change was refused, and what to do. */
export function Refusal({ failure }: { failure: Failure | null }) {
  if (failure === null) return null;
  return (
    <p role="alert" className="state-message">
      {failure.message}. {failure.remedy}
    </p>
  );
}
