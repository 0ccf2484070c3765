/** What is left of a budget as a length. It repeats what stands beside it, so a screen reader skips it. */
export function BudgetBar({ remainingRatio }: { remainingRatio: number | null }) {
  const left = Math.max(0, Math.min(1, remainingRatio ?? 0));
  const isSpent = remainingRatio !== null && remainingRatio <= 0;
  const shown = left > 0 ? Math.max(1.5, left * 100) : 0;
  return (
    <svg
      className="budget-bar"
      data-level={isSpent ? 'spent' : left < 0.25 ? 'low' : 'fine'}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="budget-track" x="0" y="0" width="100" height="4" />
      {shown > 0 && <rect className="budget-left" x="0" y="0" width={shown} height="4" />}
    </svg>
  );
}
