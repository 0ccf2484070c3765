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
  /** With Shift a drag marks a box, as shares from the top left; left out where only time can be chosen. */
  mark?: (box: Box) => void;
  /** Left out: as the stylesheet says. */
  heightRem?: number;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ComponentChildren;
};

export type Box = { left: number; right: number; top: number; bottom: number };

type Drag = { from: Place; to: Place; isBox: boolean };
type Place = { x: number; y: number };

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
  mark,
  heightRem,
  onKeyDown,
  children,
}: PlotSurfaceProps) {
  const [drag, setDrag] = useState<Drag | null>(null);
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
        const at = place(event);
        setDrag({ from: at, to: at, isBox: event.shiftKey && mark !== undefined });
      }}
      onPointerMove={(event) => {
        const { x, y } = place(event);
        point(x, y);
        if (drag !== null) setDrag({ ...drag, to: { x, y } });
      }}
      onPointerLeave={() => point(null, 0)}
      onPointerCancel={() => setDrag(null)}
      onPointerUp={(event) => {
        const { x, y } = place(event);
        setDrag(null);
        if (drag?.isBox === true) mark?.(boxOf({ ...drag, to: { x, y } }));
        else if (zoom !== null && drag !== null && Math.abs(x - drag.from.x) >= leastDrag)
          zoom(Math.min(drag.from.x, x), Math.max(drag.from.x, x));
        else if (pick !== null) pick(x, y);
      }}
    >
      {children}
      {cursor !== null && <span className="plot-cursor" style={{ left: `${cursor * 100}%` }} />}
      {drag !== null && <DragFrame drag={drag} />}
    </div>
  );
}

function boxOf({ from, to }: Drag): Box {
  return {
    left: Math.min(from.x, to.x),
    right: Math.max(from.x, to.x),
    top: Math.min(from.y, to.y),
    bottom: Math.max(from.y, to.y),
  };
}

/** What the drag covers so far. */
function DragFrame({ drag }: { drag: Drag }) {
  const { left, right, top, bottom } = boxOf(drag);
  if (!drag.isBox && right - left < leastDrag) return null;
  const rows = drag.isBox ? { top: `${top * 100}%`, bottom: `${(1 - bottom) * 100}%` } : {};
  return (
    <span
      className="plot-drag"
      style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%`, ...rows }}
    />
  );
}
