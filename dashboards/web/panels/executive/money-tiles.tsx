import type { IncidentList } from '../../../../schemas/alerting/incident-answer.js';
import type { CostAnswer } from '../../../../schemas/cost/attribution.js';
import type { ForecastAnswer } from '../../../../schemas/cost/forecast.js';
import type { ImpactList } from '../../../../schemas/impact.js';
import type { Held } from '../../browser/use-answer.js';
import { costFigures } from '../../view/cost/cost-figures.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import { unknown } from '../../view/figure.js';
import { durationText } from '../../view/incidents/incident-words.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type MoneyTilesProps = {
  impact: Held<ImpactList>;
  cost: Held<CostAnswer>;
  costBefore: Held<CostAnswer>;
  forecast: Held<ForecastAnswer>;
  incidents: Held<IncidentList>;
};

const bone = <span className="bone bone-large" />;

/** What it costs, where that will end, and what it took to mend. */
export function MoneyTiles({ impact, cost, costBefore, forecast, incidents }: MoneyTilesProps) {
  const figures = costFigures(
    cost.kind === 'held' ? cost.data : null,
    costBefore.kind === 'held' ? costBefore.data : null,
    forecast.kind === 'held' ? forecast.data : null,
  );
  const stake = impact.kind === 'held' ? stakeOf(impact.data) : null;
  const list = incidents.kind === 'held' ? incidents.data : null;
  const pages = list?.incidents.filter(({ worstSeverity }) => worstSeverity === 'page').length ?? 0;
  const figure = ({ kind }: Held<unknown>, text: string, title?: string) =>
    kind === 'held' ? (
      <Figure text={text} title={title} />
    ) : kind === 'failed' ? (
      <Figure text={unknown} title="it could not be read" />
    ) : (
      bone
    );
  const isBusy = [cost, forecast, incidents].some(({ kind }) => kind === 'loading');
  return (
    <section className="summary executive-figures" aria-label="Cost and incidents" aria-busy={isBusy}>
      <Tile
        label="Lost to failures"
        value={figure(
          impact,
          formatUsd(stake),
          'business.values in coldburn.yaml says of no run what it is worth',
        )}
        note={impact.kind === 'held' && impact.data.isValued ? 'what failed runs were worth' : undefined}
        noteTitle="Failed for good: attempts that were tried again do not count"
      />
      <Tile
        label="Cost"
        value={figure(cost, formatUsd(figures.totalUsd), exactUsd(figures.totalUsd))}
        note={figures.changeText ?? undefined}
        noteTitle="Against as long a time before"
      />
      <Tile
        label="Cost per million"
        value={figure(cost, formatUsd(figures.perMillionUsd), 'of the runs that have a price')}
        note={figures.perMillionText ?? undefined}
        noteTitle="Against as long a time before"
      />
      <Tile
        label={figures.forecastLabel}
        value={figure(forecast, formatUsd(figures.forecastUsd), 'not a whole day of history yet')}
        note={figures.forecastText ?? undefined}
      />
      <Tile
        label="Incidents"
        value={figure(incidents, String(list?.incidents.length ?? 0))}
        note={list === null ? undefined : pages === 0 ? 'none paged' : `${pages} paged somebody`}
      />
      <Tile
        label="Time to remediate"
        value={figure(incidents, durationText(list?.remediate.medianMs ?? null), 'none is over')}
        note={
          list === null || list.detect.medianMs === null
            ? undefined
            : `${list.remediate.medianMs === null ? '' : 'median; '}detected after ${durationText(list.detect.medianMs)}`
        }
      />
    </section>
  );
}

/** Null while the value of what was lost is not known; nothing lost is worth nothing. */
function stakeOf({ isValued, totalUsd, functions }: ImpactList): string | null {
  return totalUsd ?? (isValued && functions.length === 0 ? '0' : null);
}
