import { useCallback, useState } from 'preact/hooks';
import { type Drawing, drawChart } from '../../browser/draw-chart.js';
import { useCanvas } from '../../browser/use-canvas.js';
import { chartSpan } from '../../view/chart/chart-data.js';
import { axisLabels, heightOf } from '../../view/chart/chart-scale.js';
import { chartWords, stepWords } from '../../view/chart/chart-words.js';
import type { FixedWindow } from '../../view/debug/debug-state.js';
import type { SharedCursor } from '../../view/debug/shared-cursor.js';
import { PlotSurface } from '../debug/plot-surface.js';
import { TimeAxis } from '../debug/time-axis.js';
import { ChartMarks } from './chart-marks.js';

export type TimeChartProps = {
  title: string;
  drawing: Drawing;
  cursor: SharedCursor;
  zoom: ((window: FixedWindow) => void) | null;
  heightRem: number;
  /** The whole chart in words; left out: made of its figures. */
  words: string | undefined;
};

/** Charts as low as this stand beside others, and have room for few times. */
const smallRem = 6;

/** Series over time on a canvas; pointing at a step reads it out under the chart and in every other one. */
export function TimeChart({ title, drawing, cursor, zoom, heightRem, words: whole }: TimeChartProps) {
  const { data, scale } = drawing;
  const [pointed, setPointed] = useState<number | null>(null);
  const canvas = useCanvas(
    useCallback((context, size, color) => drawChart(context, size, color, drawing), [drawing]),
  );
  const span = chartSpan(data);
  const lengthMs = span.toMs - span.fromMs;
  const ratio = cursor.ratioIn(span);
  const index = ratio === null ? pointed : Math.floor(ratio * data.steps);
  const isChosen = index !== null && index >= 0 && index < data.steps;
  const words = isChosen ? stepWords(data, index) : null;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: (index ?? data.steps) - 1,
      ArrowRight: (index ?? -1) + 1,
      Home: 0,
      End: data.steps - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const kept = Math.max(0, Math.min(data.steps - 1, to));
    setPointed(kept);
    cursor.point(span.fromMs + (kept + 0.5) * data.stepMs);
  };
  return (
    <>
      <p className="unseen">{whole ?? chartWords(data)}</p>
      <div className="heat chart">
        <div className="duration-axis" aria-hidden="true">
          {axisLabels(scale, data.format).map(({ tick, label }) => (
            <span key={tick} style={{ top: `${(1 - heightOf(tick, scale)) * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
        <PlotSurface
          label={`${title} over time; arrows move over the steps`}
          heightRem={heightRem}
          value={{ now: index ?? 0, most: Math.max(0, data.steps - 1), text: words ?? 'no step chosen' }}
          cursor={ratio}
          point={(x) => cursor.point(x === null ? null : span.fromMs + x * lengthMs)}
          pick={null}
          zoom={
            zoom === null
              ? null
              : (from, to) =>
                  zoom({
                    fromMs: Math.round(span.fromMs + from * lengthMs),
                    toMs: Math.round(span.fromMs + to * lengthMs),
                  })
          }
          onKeyDown={onKeyDown}
        >
          <canvas ref={canvas} className="chart-canvas" />
          {data.lines.map(({ label, value, color }) => (
            <span
              key={label}
              className="chart-line-label"
              data-color={color}
              style={{ bottom: `${heightOf(value, scale) * 100}%` }}
            >
              {label}
            </span>
          ))}
        </PlotSurface>
      </div>
      <ChartMarks marks={data.marks} span={span} />
      <TimeAxis span={span} most={heightRem <= smallRem ? 4 : 10} />
      <p className="plot-words">
        {words ?? (zoom === null ? 'Point at the chart to read it.' : 'Point to read; drag to zoom in.')}
      </p>
    </>
  );
}
