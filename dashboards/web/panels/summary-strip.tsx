import type { ChangeUrl } from '../browser/use-url-state.js';
import type { PanelState } from '../panel-state.js';
import { exactCount, formatCount } from '../view/format-count.js';
import { formatDuration } from '../view/format-duration.js';
import { formatRate } from '../view/format-rate.js';
import { formatRatio } from '../view/format-ratio.js';
import type { Summary } from '../view/summarize-functions.js';
import { Figure } from './figure.js';
import { Tile } from './tile.js';

const labels = ['Success rate', 'Invocations', 'Functions', 'Slowest p95', 'Cold starts'];

export type SummaryStripProps = { state: PanelState<Summary>; windowMs: number; changeUrl: ChangeUrl };

/** The whole selection in five figures. */
export function SummaryStrip({ state, windowMs, changeUrl }: SummaryStripProps) {
  if (state.kind === 'failed' || state.kind === 'no-data') return null;
  return (
    <section className="summary" aria-label="Summary" aria-busy={state.kind === 'loading'}>
      {state.kind === 'loading'
        ? labels.map((label) => (
            <Tile key={label} label={label} value={<span className="bone bone-large" />} />
          ))
        : tiles(state.data, windowMs, changeUrl)}
    </section>
  );
}

function tiles(summary: Summary, windowMs: number, changeUrl: ChangeUrl) {
  const { invocations, bad, functions, failing, slowest, coldStarts } = summary;
  const isEmpty = invocations === 0;
  return (
    <>
      <Tile
        label="Success rate"
        alarm={bad > 0}
        value={<Figure text={formatRatio(summary.successRatio)} title="no invocations match" />}
        note={isEmpty ? undefined : failedNote(bad)}
        noteTitle={`${exactCount(bad)} of ${exactCount(invocations)} invocations failed`}
      />
      <Tile
        label="Invocations"
        value={<Figure text={formatCount(invocations)} title={exactCount(invocations)} />}
        note={isEmpty ? undefined : formatRate(invocations, windowMs)}
        noteTitle="On average over the time range"
      />
      <Tile
        label="Functions"
        value={<Figure text={formatCount(functions)} />}
        note={isEmpty ? undefined : failingNote(failing)}
        act={failing === 0 ? undefined : () => changeUrl({ sort: 'errors', direction: 'desc' })}
      />
      <Tile
        label="Slowest p95"
        value={<Figure text={formatDuration(slowest?.p95Ms ?? null)} title="nothing ran" />}
        note={slowest?.name}
        act={slowest === null ? undefined : () => changeUrl({ sort: 'p95', direction: 'desc' })}
      />
      <Tile
        label="Cold starts"
        value={<Figure text={formatCount(coldStarts)} title={exactCount(coldStarts)} />}
        note={
          summary.coldStartRatio === null
            ? undefined
            : `${formatRatio(summary.coldStartRatio)} of invocations`
        }
      />
    </>
  );
}

function failedNote(bad: number): string {
  return bad === 0 ? 'nothing failed' : `${formatCount(bad)} failed`;
}

function failingNote(failing: number): string {
  return failing === 0 ? 'none failing' : `${formatCount(failing)} with failures`;
}
