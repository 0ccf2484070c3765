import type { BudgetSummary } from '../../view/slo/budget-rows.js';
import { type BudgetStatus, budgetText, sloHref } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type SloSummaryProps = {
  summary: BudgetSummary | null;
  chosen: BudgetStatus | null;
  choose: (status: BudgetStatus | null) => void;
};

const told = [
  { status: 'exhausted', label: 'Exhausted', note: 'nothing left to spend', alarm: true },
  { status: 'burning', label: 'Burning', note: 'faster than allowed', alarm: true },
  { status: 'ok', label: 'Within budget', note: 'show them', alarm: false },
] as const;

/** All objectives in five figures; a note keeps the list to its status. */
export function SloSummary({ summary, chosen, choose }: SloSummaryProps) {
  const labels = ['Objectives', ...told.map(({ label }) => label), 'Least left'];
  if (summary === null)
    return (
      <section className="summary" aria-label="Summary" aria-busy="true">
        {labels.map((label) => (
          <Tile key={label} label={label} value={<span className="bone bone-large" />} />
        ))}
      </section>
    );
  const { known, counts, least } = summary;
  const strange = counts['telemetry-lost'] + counts.broken;
  return (
    <section className="summary" aria-label="Summary">
      <Tile
        label="Objectives"
        value={<Figure text={String(known)} />}
        alarm={strange > 0}
        note={strange > 0 ? `${strange} without telemetry` : `${counts.idle} idle`}
      />
      {told.map(({ status, label, note, alarm }) => (
        <Tile
          key={status}
          label={label}
          alarm={alarm && counts[status] > 0}
          value={<Figure text={String(counts[status])} />}
          note={counts[status] === 0 ? 'none' : chosen === status ? 'show all again' : note}
          act={counts[status] === 0 ? undefined : () => choose(chosen === status ? null : status)}
        />
      ))}
      <Tile
        label="Least left"
        alarm={least !== null && (least.remainingRatio ?? 1) <= 0}
        value={
          <Figure text={budgetText(least?.remainingRatio ?? null)} title="nothing happened that counts" />
        }
        note={least?.title}
        act={least === null ? undefined : () => location.assign(sloHref(least.id, least.scope))}
      />
    </section>
  );
}
