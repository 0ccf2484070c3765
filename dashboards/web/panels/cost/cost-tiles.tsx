import type { CostAnswer } from '../../../../schemas/cost/attribution.js';
import type { ForecastAnswer } from '../../../../schemas/cost/forecast.js';
import type { Held } from '../../browser/use-answer.js';
import { dayText } from '../../view/clock-time.js';
import { costFigures } from '../../view/cost/cost-figures.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
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
  const figures = costFigures(now, before, month);
  const total = figures.totalUsd;
  return (
    <section className="summary cost-figures" aria-label="Summary" aria-busy={isWaiting}>
      <Tile
        label="Cost"
        value={figure(
          cost,
          formatUsd(total),
          total === null ? 'nothing ran that has a rate' : exactUsd(total),
        )}
        note={figures.changeText ?? undefined}
        noteTitle="Against as long a time before"
      />
      <Tile
        label={figures.forecastLabel}
        value={figure(
          forecast,
          formatUsd(month?.forecastUsd ?? null),
          month?.forecastUsd == null ? 'not a whole day of history yet' : exactUsd(month.forecastUsd),
        )}
        note={figures.forecastText ?? undefined}
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
