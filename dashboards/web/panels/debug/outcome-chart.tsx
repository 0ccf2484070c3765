import { useState } from 'preact/hooks';
import type { ChangeDebug } from '../../browser/use-debug-state.js';
import {
  mostAtOnce,
  type OutcomeStep,
  outcomeKinds,
  outcomePaths,
  outcomesText,
  outcomeWords,
  stepText,
} from '../../view/debug/outcome-steps.js';
import type { SharedCursor } from '../../view/debug/shared-cursor.js';
import { formatCount } from '../../view/format-count.js';
import { PlotSurface } from './plot-surface.js';
import { TimeAxis } from './time-axis.js';

export type OutcomeChartProps = {
  steps: OutcomeStep[];
  stepMs: number;
  changeUrl: ChangeDebug;
  cursor: SharedCursor;
};

const box = { width: 1000, height: 100 };

/** How many ended how, over time, as stacked bars. */
export function OutcomeChart({ steps, stepMs, changeUrl, cursor }: OutcomeChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const fromMs = steps[0]?.atMs ?? 0;
  const span = { fromMs, toMs: fromMs + steps.length * stepMs };
  const lengthMs = span.toMs - span.fromMs;
  const ratio = cursor.ratioIn(span);
  const index = ratio === null ? pointed : Math.floor(ratio * steps.length);
  const step = index === null ? undefined : steps[index];
  const paths = outcomePaths(steps, box);
  const move = (to: number) => {
    setPointed(to);
    cursor.point(fromMs + (to + 0.5) * stepMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    move(Math.max(0, Math.min(steps.length - 1, (index ?? steps.length) + by)));
  };
  return (
    <>
      <p className="unseen">{outcomesText(steps, stepMs)}</p>
      <div className="heat outcome-plot">
        <div className="duration-axis" aria-hidden="true">
          <span style={{ top: '0%' }}>{formatCount(mostAtOnce(steps))}</span>
          <span style={{ top: '100%' }}>0</span>
        </div>
        <PlotSurface
          label="Invocations over time; arrows move over the steps"
          value={{
            now: index ?? 0,
            most: Math.max(0, steps.length - 1),
            text: step === undefined ? 'no step chosen' : stepText(step, stepMs),
          }}
          cursor={ratio}
          point={(x) => cursor.point(x === null ? null : span.fromMs + x * lengthMs)}
          pick={null}
          zoom={(from, to) =>
            changeUrl({
              fixed: {
                fromMs: Math.round(span.fromMs + from * lengthMs),
                toMs: Math.round(span.fromMs + to * lengthMs),
              },
              listed: null,
            })
          }
          onKeyDown={onKeyDown}
        >
          <svg
            className="outcome-bars"
            viewBox={`0 0 ${box.width} ${box.height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {outcomeKinds.map((kind) => (
              <path key={kind} className="outcome" data-kind={kind} d={paths[kind]} />
            ))}
          </svg>
        </PlotSurface>
      </div>
      <TimeAxis span={span} />
      <p className="plot-words">
        {step === undefined ? 'Drag over the bars to zoom in.' : stepText(step, stepMs)}
      </p>
    </>
  );
}

/** What the colours of the bars mean; kinds that did not happen are left out. */
export function OutcomeLegend({ steps }: { steps: readonly OutcomeStep[] }) {
  return (
    <ul className="outcome-legend">
      {outcomeKinds
        .filter((kind) => kind === 'ok' || steps.some((step) => step[kind] > 0))
        .map((kind) => (
          <li key={kind}>
            <i className="swatch" data-kind={kind} />
            {outcomeWords[kind]}
          </li>
        ))}
    </ul>
  );
}
