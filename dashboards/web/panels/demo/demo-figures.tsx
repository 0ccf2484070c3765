import type { Demo } from '../../../../schemas/demo.js';
import { unknown } from '../../view/figure.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

/** How much the fleet has sent, and how far its history is. */
export function DemoFigures({ demo: { fleet, figures, history } }: { demo: Demo }) {
  return (
    <section className="summary oncall-figures" aria-label="Summary">
      <Tile
        label="Functions"
        value={<Figure text={String(fleet.functions)} />}
        note={`${fleet.teams.length} teams, ${fleet.ratePerSecond} runs a second`}
      />
      <Tile
        label="Runs sent"
        value={
          <Figure
            text={figures === null ? unknown : formatCount(figures.invocations)}
            title={figures === null ? 'nothing yet' : exactCount(figures.invocations)}
          />
        }
        note="since this start"
      />
      <Tile
        label="History"
        value={<Figure text={formatRatio(history?.doneRatio ?? null)} title="none was made" />}
        note={
          history === null ? 'none was made' : history.doneRatio < 1 ? 'the newest days first' : 'a month'
        }
      />
      <Tile
        label="Not taken"
        alarm={(figures?.failedRequests ?? 0) > 0}
        value={<Figure text={figures === null ? unknown : formatCount(figures.failedRequests)} />}
        note={figures?.lastFailure ?? 'requests refused'}
      />
    </section>
  );
}
