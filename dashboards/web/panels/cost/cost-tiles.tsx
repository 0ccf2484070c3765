import type { CostAnswer } from '../../../../schemas/cost/attribution.js';
import type { ForecastAnswer } from '../../../../schemas/cost/forecast.js';
import type { Held } from '../../browser/use-answer.js';
import { dayText } from '../../view/clock-time.js';
import { costGrowthText, exactUsd, formatChange, formatUsd, sumUsd } from '../../view/cost/money.js';
import { growthText } from '../../view/executive/impact-rows.js';
import { unknown } from '../../view/figure.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type CostTilesProps = {
  cost: Held<CostAnswer>;
  previous: Held<CostAnswer>;
  forecast: Held<ForecastAnswer>;
};

const bone = <span className="bone bone-large" />;

/** How much, more or less than before, and where it will end. */
export function CostTiles({ cost, previous, forecast }: CostTilesProps) {
  const now = cost.kind === 'held' ? cost.data : null;
  const before = previous.kind === 'held' ? previous.data : null;
  const month = forecast.kind === 'held' ? forecast.data : null;
  const isWaiting =
    [cost, previous, forecast].some(({ kind }) => kind === 'loading') && cost.kind !== 'failed';
  const figure = (held: Held<unknown>, text: string, title: string) =>
    held.kind === 'held' ? (
      <Figure text={text} title={title} />
    ) : held.kind === 'failed' ? (
      <Figure text={unknown} title={held.failure.message} />
    ) : (
      bone
    );
  const total = knownTotal(now);
  const known = knownTotal(before);
  const change = total === null || known === null ? null : sumUsd([total, negated(known)]);
  const cycleEnd = month === null ? '' : dayText(Date.parse(month.cycle.to) - 1, 'UTC');
  return (
    <section className="summary cost-figures" aria-label="Summary" aria-busy={isWaiting}>
      <Tile
        label="Cost"
        value={figure(
          cost,
          formatUsd(total),
          total === null ? 'nothing ran that has a rate' : exactUsd(total),
        )}
        note={
          change === null || known === null || total === null
            ? before !== null && known === null
              ? 'nothing known of the time before'
              : undefined
            : `${formatChange(change)}, ${costGrowthText(total, known) ?? 'from nothing'}`
        }
        noteTitle={known === null ? undefined : `Against ${exactUsd(known)} in as long a time before`}
      />
      <Tile
        label={month === null ? 'Forecast' : `Forecast to ${cycleEnd}`}
        value={figure(
          forecast,
          formatUsd(month?.forecastUsd ?? null),
          month?.forecastUsd == null ? 'not a whole day of history yet' : exactUsd(month.forecastUsd),
        )}
        note={
          month === null || month.forecastUsd === null
            ? undefined
            : month.lowUsd === null || month.highUsd === null
              ? 'too short a history for an interval'
              : `${formatUsd(month.lowUsd)} to ${formatUsd(month.highUsd)}`
        }
        noteTitle={month === null ? undefined : `Eight of ten; ${month.method}`}
      />
      <Tile
        label={month === null ? 'Spent' : `Spent since ${dayText(Date.parse(month.cycle.from), 'UTC')}`}
        value={figure(forecast, formatUsd(month?.spentUsd ?? null), exactUsd(month?.spentUsd ?? null))}
        note="this billing cycle"
      />
      <Tile
        label="Runs"
        value={figure(cost, formatCount(now?.invocations ?? 0), exactCount(now?.invocations ?? 0))}
        alarm={(now?.unpricedInvocations ?? 0) > 0}
        note={
          now !== null && now.unpricedInvocations > 0
            ? `${formatCount(now.unpricedInvocations)} in no amount`
            : now === null
              ? undefined
              : (growthText(now.invocations, before?.invocations ?? null) ?? undefined)
        }
      />
    </section>
  );
}

/** Runs of which none has a rate cost something; nobody knows how much. */
function knownTotal(answer: CostAnswer | null): string | null {
  if (answer === null || answer.rows.length === 0) return null;
  return answer.unpricedInvocations === answer.invocations ? null : answer.totalUsd;
}

const negated = (usd: string) => (usd.startsWith('-') ? usd.slice(1) : `-${usd}`);
