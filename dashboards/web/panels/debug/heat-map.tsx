import { useCallback, useState } from 'preact/hooks';
import type { Heatmap } from '../../../../schemas/latency.js';
import { drawHeat } from '../../browser/draw-heat.js';
import { useCanvas } from '../../browser/use-canvas.js';
import type { ChangeDebug } from '../../browser/use-debug-state.js';
import type { ChartMark } from '../../view/chart/chart-data.js';
import type { DebugState } from '../../view/debug/debug-state.js';
import {
  type Cell,
  cellAt,
  cellFilter,
  cellText,
  durationTicks,
  heatSpan,
  heatText,
  layerOf,
  regionFilter,
} from '../../view/debug/heat-grid.js';
import type { SharedCursor } from '../../view/debug/shared-cursor.js';
import { ChartMarks } from '../chart/chart-marks.js';
import { PlotSurface } from './plot-surface.js';
import { TimeAxis } from './time-axis.js';

export type HeatMapProps = {
  map: Heatmap;
  marks: readonly ChartMark[];
  url: DebugState;
  changeUrl: ChangeDebug;
  cursor: SharedCursor;
  showList: () => void;
};

/** Durations over time. A click on a cell keeps the list to its invocations. */
export function HeatMap({ map, marks, url, changeUrl, cursor, showList }: HeatMapProps) {
  const [cell, setCell] = useState<Cell | null>(null);
  const layer = layerOf(url.cold);
  const chosen = chosenCell(map, url);
  const canvas = useCanvas(
    useCallback((context, size, color) => drawHeat(context, size, color, map, layer), [map, layer]),
  );
  const ticks = durationTicks(map, 7);
  const span = heatSpan(map);
  const lengthMs = span.toMs - span.fromMs;
  const pick = (picked: Cell) => {
    changeUrl(cellFilter(map, picked));
    showList();
  };
  const move = (to: Cell) => {
    setCell(to);
    cursor.point(span.fromMs + (to.column + 0.5) * map.stepMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = cell ?? chosen ?? { column: map.columns.length - 1, row: Math.floor(map.rows.length / 2) };
    if (event.key === 'Enter') pick(from);
    else {
      const to = neighbour(map, from, event.key);
      if (to === null) return;
      move(to);
    }
    event.preventDefault();
  };
  const shown = cell ?? chosen;
  return (
    <>
      <p className="unseen">{heatText(map)}</p>
      <div className="heat">
        <div className="duration-axis" aria-hidden="true">
          {ticks.map(({ label, ratio }) => (
            <span key={label} style={{ top: `${ratio * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
        <PlotSurface
          label="Latency heat map; arrows move over the cells, Enter lists their invocations"
          value={{
            now: shown?.column ?? 0,
            most: Math.max(0, map.columns.length - 1),
            text: shown === null ? 'no cell chosen' : cellText(map, shown),
          }}
          cursor={cursor.ratioIn(span)}
          point={(x, y) => {
            if (x !== null) setCell(cellAt(map, x, y));
            else setCell(null);
            cursor.point(x === null ? null : span.fromMs + x * lengthMs);
          }}
          pick={(x, y) => pick(cellAt(map, x, y))}
          zoom={(from, to) =>
            changeUrl({
              fixed: {
                fromMs: Math.round(span.fromMs + from * lengthMs),
                toMs: Math.round(span.fromMs + to * lengthMs),
              },
              listed: null,
            })
          }
          mark={({ left, right, top, bottom }) => {
            changeUrl(regionFilter(map, cellAt(map, left, bottom), cellAt(map, right, top)));
          }}
          onKeyDown={onKeyDown}
        >
          {ticks.map(({ label, ratio }) => (
            <i key={label} className="heat-line" style={{ top: `${ratio * 100}%` }} />
          ))}
          <canvas ref={canvas} className="heat-canvas" />
          {chosen !== null && <CellFrame map={map} cell={chosen} name="chosen" />}
          {cell !== null && <CellFrame map={map} cell={cell} name="pointed" />}
        </PlotSurface>
      </div>
      <ChartMarks marks={marks} span={span} />
      <TimeAxis span={span} />
      <p className="plot-words">
        {shown === null
          ? 'Point at a cell to read it; click to list its invocations; drag to zoom, with Shift to mark a region.'
          : cellText(map, shown)}
      </p>
    </>
  );
}

function CellFrame({ map, cell: { column, row }, name }: { map: Heatmap; cell: Cell; name: string }) {
  const width = 100 / map.columns.length;
  const height = 100 / map.rows.length;
  return (
    <span
      className="cell-frame"
      data-frame={name}
      style={{
        left: `${column * width}%`,
        width: `${width}%`,
        bottom: `${row * height}%`,
        height: `${height}%`,
      }}
    />
  );
}

/** The cell the list is kept to, if it is one of this map. */
function chosenCell(map: Heatmap, { listed, minMs, maxMs }: DebugState): Cell | null {
  if (listed === null || minMs === null) return null;
  const row = map.rows.indexOf(minMs);
  const column = map.columns.findIndex(
    (_, index) => cellFilter(map, { column: index, row: 0 }).listed.fromMs === listed.fromMs,
  );
  if (row < 0 || column < 0) return null;
  const filter = cellFilter(map, { column, row });
  return filter.maxMs === maxMs && filter.listed.toMs === listed.toMs ? { column, row } : null;
}

function neighbour(map: Heatmap, { column, row }: Cell, key: string): Cell | null {
  const columns = map.columns.length - 1;
  const rows = map.rows.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return { column: Math.max(0, column - 1), row };
    case 'ArrowRight':
      return { column: Math.min(columns, column + 1), row };
    case 'ArrowUp':
      return { column, row: Math.min(rows, row + 1) };
    case 'ArrowDown':
      return { column, row: Math.max(0, row - 1) };
    case 'Home':
      return { column: 0, row };
    case 'End':
      return { column: columns, row };
    default:
      return null;
  }
}
