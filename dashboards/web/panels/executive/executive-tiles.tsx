import type { z } from 'zod';
import type { SliAnswer } from '../../../../schemas/sli.js';
import type { Held } from '../../browser/use-answer.js';
import { type CriticalFigures, growthText, pointsText } from '../../view/executive/impact-rows.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { BudgetSummary } from '../../view/slo/budget-rows.js';
import { budgetText } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type ExecutiveTilesProps = {
  success: Held<z.infer<typeof SliAnswer>>;
  critical: Held<CriticalFigures>;
  budgets: Held<BudgetSummary>;
};

/** Is it reliable, and is it getting better? */
export function ExecutiveTiles({ success, critical, budgets }: ExecutiveTilesProps) {
  const series = success.kind === 'held' ? success.data.series[0] : undefined;
  const now = series?.summary ?? null;
  const before = series?.compared ?? null;
  const standing = budgets.kind === 'held' ? budgets.data : null;
  const bone = <span className="bone bone-large" />;
  const isBusy = success.kind !== 'held' || budgets.kind !== 'held';
  const kept = standing === null ? 0 : standing.known - standing.counts.exhausted - standing.counts.broken;
  return (
    <section className="summary executive-figures" aria-label="Summary" aria-busy={isBusy}>
      <Tile
        label="Success rate"
        value={
          success.kind !== 'held' ? (
            bone
          ) : (
            <Figure text={formatRatio(now?.value ?? null)} title="nothing ran" />
          )
        }
        note={pointsText(now?.value ?? null, before?.value ?? null) ?? undefined}
        noteTitle="Against as long a time before"
      />
      <Tile
        label="Critical functions"
        value={
          critical.kind === 'loading' ? (
            bone
          ) : (
            <Figure
              text={formatRatio(critical.kind === 'held' ? critical.data.successRatio : null)}
              title="business.critical in coldburn.yaml names none that ran"
            />
          )
        }
        note={critical.kind === 'held' ? criticalNote(critical.data) : undefined}
        noteTitle="Available: not throttled, timed out or out of memory"
      />
      <Tile
        label="Invocations"
        value={
          success.kind !== 'held' ? (
            bone
          ) : (
            <Figure text={formatCount(now?.total ?? 0)} title={exactCount(now?.total ?? 0)} />
          )
        }
        note={growthText(now?.total ?? 0, before?.total ?? null) ?? undefined}
        noteTitle="Against as long a time before"
      />
      <Tile
        label="Failed"
        value={
          success.kind !== 'held' ? bone : <Figure text={formatCount((now?.total ?? 0) - (now?.good ?? 0))} />
        }
        note={
          now === null || before === null
            ? undefined
            : (growthText(now.total - now.good, before.total - before.good) ?? undefined)
        }
      />
      <Tile
        label="Objectives kept"
        alarm={standing !== null && kept < standing.known}
        value={standing === null ? bone : <Figure text={`${kept} of ${standing.known}`} />}
        note={
          standing === null
            ? undefined
            : standing.counts.exhausted > 0
              ? `${standing.counts.exhausted} exhausted`
              : 'none exhausted'
        }
      />
      <Tile
        label="Least budget left"
        alarm={(standing?.least?.remainingRatio ?? 1) <= 0}
        value={
          standing === null ? (
            bone
          ) : (
            <Figure
              text={budgetText(standing.least?.remainingRatio ?? null)}
              title="no objective has events"
            />
          )
        }
        note={standing?.least?.title}
      />
    </section>
  );
}

function criticalNote({ count, availabilityRatio }: CriticalFigures): string {
  if (availabilityRatio === null) return 'none named';
  return `${count}, ${formatRatio(availabilityRatio)} available`;
}
