import { type BudgetStatus, statusWords } from '../../view/slo/slo-words.js';

/** How an objective stands, in a word and a colour. */
export function StatusChip({ status }: { status: BudgetStatus }) {
  const { label, about } = statusWords[status];
  return (
    <span className="status-chip" data-status={status} title={about}>
      {label}
    </span>
  );
}
