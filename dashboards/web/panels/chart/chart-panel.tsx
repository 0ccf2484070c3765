import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Drawing } from '../../browser/draw-chart.js';
import { saveChartCsv, saveChartPng } from '../../browser/save-chart.js';
import type { PanelState } from '../../panel-state.js';
import type { ChartData, ChartNote } from '../../view/chart/chart-data.js';
import { chartScale } from '../../view/chart/chart-scale.js';
import type { FixedWindow } from '../../view/debug/debug-state.js';
import type { SharedCursor } from '../../view/debug/shared-cursor.js';
import { DebugPanel } from '../debug/debug-panel.js';
import { ChartNotes } from './chart-notes.js';
import { ChartTable } from './chart-table.js';
import { TimeChart } from './time-chart.js';

export type ChartPanelProps = {
  /** Used as an id as well: lower case, no spaces. */
  name: string;
  title: string;
  /** In plain words under the title; optional. */
  about?: ComponentChildren;
  /** Beside the title, such as a switch. */
  controls?: ComponentChildren;
  state: PanelState<ChartData, string>;
  /** What is to be known about the figures: partial, sampled, still arriving, old. */
  notes?: readonly ChartNote[];
  retry: () => void;
  cursor: SharedCursor;
  /** Null where a shorter time could not be looked at. */
  zoom: ((window: FixedWindow) => void) | null;
  heightRem?: number;
  /** The whole chart in words; left out: made of its figures. */
  words?: string;
};

const none: readonly ChartNote[] = [];

/** One chart in whatever state it is in, with its legend, its table and ways to take it along. */
export function ChartPanel(props: ChartPanelProps) {
  const {
    name,
    title,
    about,
    controls,
    state,
    notes = none,
    retry,
    cursor,
    zoom,
    heightRem = 11,
    words,
  } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [asTable, setAsTable] = useState(false);
  const data = state.kind === 'ready' ? state.data : null;
  const drawing = useMemo((): Drawing | null => {
    if (data === null) return null;
    const series = data.series.filter(({ key }) => !hidden.has(key));
    return { data, scale: chartScale({ ...data, series }), hidden };
  }, [data, hidden]);
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <DebugPanel
      name={name}
      title={title}
      note={
        <div className="chart-tools">
          {controls}
          {data !== null && data.series.length > 1 && (
            <ChartLegend data={data} hidden={hidden} toggle={toggle} />
          )}
        </div>
      }
      above={
        <>
          {about !== undefined && <p className="aside chart-about">{about}</p>}
          {data !== null && <ChartNotes notes={notes} />}
        </>
      }
      take={
        drawing === null
          ? []
          : [
              { label: asTable ? 'Show as a chart' : 'Show as a table', act: () => setAsTable(!asTable) },
              { label: 'Save as CSV', act: () => saveChartCsv(title, drawing) },
              { label: 'Save as PNG', act: () => saveChartPng(title, drawing) },
            ]
      }
      state={state}
      retry={retry}
      heightRem={heightRem + 3}
    >
      {() =>
        drawing !== null &&
        (asTable ? (
          <ChartTable title={title} data={drawing.data} />
        ) : (
          <TimeChart
            title={title}
            words={words}
            drawing={drawing}
            cursor={cursor}
            zoom={zoom}
            heightRem={heightRem}
          />
        ))
      }
    </DebugPanel>
  );
}

type LegendProps = { data: ChartData; hidden: ReadonlySet<string>; toggle: (key: string) => void };

const mostInLegend = 8;

/** What the colours mean; a press leaves one out. */
function ChartLegend({ data: { series }, hidden, toggle }: LegendProps) {
  return (
    <ul className="chart-legend">
      {series.slice(0, mostInLegend).map(({ key, label, color }) => (
        <li key={key}>
          <button
            type="button"
            aria-pressed={!hidden.has(key)}
            title={hidden.has(key) ? `Show ${label}` : `Leave out ${label}`}
            onClick={() => toggle(key)}
          >
            <i className="swatch" data-color={color} />
            <bdi>{label}</bdi>
          </button>
        </li>
      ))}
      {series.length > mostInLegend && <li className="aside">and {series.length - mostInLegend} more</li>}
    </ul>
  );
}
