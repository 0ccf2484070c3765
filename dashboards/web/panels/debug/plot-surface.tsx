import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export type PlotSurfaceProps = {
  label: string;
  value: { now: number; most: number; text: string };
  /** Where the other charts of the page are pointed at, as a share of the width; null when nowhere. */
  cursor: number | null;
  point: (x: number | null, y: number) => void;
  pick: ((x: number, y: number) => void) | null;
  /** Null where a shorter time could not be looked at. */
  zoom: ((from: number, to: number) => void) | null;
  /** Left out: as the stylesheet says. */
  heightRem?: number;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ComponentChildren;
};

/** Below this share of the width a drag is a click with an unsteady hand. */
const leastDrag = 0.015;

/** What lies over a chart: the shared cursor, click, drag to zoom, and keys. */
export function PlotSurface({
  label,
  value,
  cursor,
  point,
  pick,
  zoom,
  heightRem,
  onKeyDown,
  children,
}: PlotSurfaceProps) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const place = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (value: number) => Math.max(0, Math.min(0.9999, value));
    return {
      x: share((event.clientX - box.left) / box.width),
      y: share((event.clientY - box.top) / box.height),
    };
  };
  return (
    <div
      className="plot"
      // A slider over time: arrows move it, and its value is told in words.
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={value.most}
      aria-valuenow={value.now}
      aria-valuetext={value.text}
      tabIndex={0}
      data-pickable={pick !== null}
      style={heightRem === undefined ? undefined : { height: `${heightRem}rem` }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0 || event.pointerType === 'touch' || zoom === null) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x } = place(event);
        setDrag({ from: x, to: x });
      }}
      onPointerMove={(event) => {
        const { x, y } = place(event);
        point(x, y);
        if (drag !== null) setDrag({ from: drag.from, to: x });
      }}
      onPointerLeave={() => point(null, 0)}
      onPointerCancel={() => setDrag(null)}
      onPointerUp={(event) => {
        const { x, y } = place(event);
        setDrag(null);
        if (zoom !== null && drag !== null && Math.abs(x - drag.from) >= leastDrag)
          zoom(Math.min(drag.from, x), Math.max(drag.from, x));
        else if (pick !== null) pick(x, y);
      }}
    >
      {children}
      {cursor !== null && <span className="plot-cursor" style={{ left: `${cursor * 100}%` }} />}
      {drag !== null && Math.abs(drag.to - drag.from) >= leastDrag && (
        <span
          className="plot-drag"
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            width: `${Math.abs(drag.to - drag.from) * 100}%`,
          }}
        />
      )}
    </div>
  );
}
