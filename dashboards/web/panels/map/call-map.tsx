import { useMemo, useState } from 'preact/hooks';
import { formatUsd } from '../../view/cost/money.js';
import { exactCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRatio } from '../../view/format-ratio.js';
import { functionHref } from '../../view/function-href.js';
import type { MapLayout, MapNode } from '../../view/map/map-layout.js';
import {
  afterLabel,
  type Burned,
  badness,
  type Known,
  linkPath,
  type MapSize,
  mapBox,
  mapLabel,
  placeOf,
  radii,
} from '../../view/map/map-shapes.js';
import type { TimeRangeId } from '../../view/time-range.js';

/** The radius of a node of which nothing is known. */
const leastPx = 5;

export type CallMapProps = {
  layout: MapLayout;
  known: ReadonlyMap<string, Known>;
  burned: Burned;
  size: MapSize;
  range: TimeRangeId;
};

/** Functions and what they call, callers to the left. Pointing at one shows what it is linked with. */
export function CallMap({ layout, known, burned, size, range }: CallMapProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const box = mapBox(layout);
  const radiusOf = useMemo(() => radii(layout, known, size, burned), [layout, known, size, burned]);
  const places = useMemo(
    () => new Map(layout.nodes.map((node) => [node.id, placeOf(node, layout, mapBox(layout))])),
    [layout],
  );
  const linked = useMemo(() => {
    if (pointed === null) return null;
    const near = new Set([pointed]);
    for (const { from, to } of layout.links) {
      if (from === pointed) near.add(to);
      if (to === pointed) near.add(from);
    }
    return near;
  }, [layout, pointed]);
  const labels = new Map(layout.nodes.map(({ id, name }) => [id, mapLabel(name)]));
  const busiest = layout.links.reduce((high, { calls }) => Math.max(high, calls), 1);
  return (
    <div className="map-scroll">
      <svg
        className="call-map"
        width={box.width}
        height={box.height}
        viewBox={`0 0 ${box.width} ${box.height}`}
      >
        <title>Map of calls</title>
        {layout.links.map(({ from, to, calls, errors }) => {
          const [start, end] = [places.get(from), places.get(to)];
          if (start === undefined || end === undefined) return null;
          const isNear = pointed === null || from === pointed || to === pointed;
          return (
            <path
              key={`${from} ${to}`}
              className="map-link"
              data-near={isNear}
              data-bad={badness(errors, calls)}
              d={linkPath(afterLabel(start, radiusOf.get(from) ?? leastPx, labels.get(from) ?? ''), end)}
              stroke-width={1 + 3 * Math.sqrt(calls / busiest)}
            />
          );
        })}
        {layout.nodes.map((node) => {
          const place = places.get(node.id);
          if (place === undefined) return null;
          return (
            <Node
              key={node.id}
              node={node}
              known={known.get(node.id) ?? null}
              burnedRatio={burned.get(node.name) ?? null}
              place={place}
              radius={radiusOf.get(node.id) ?? leastPx}
              isNear={linked === null || linked.has(node.id)}
              point={setPointed}
              range={range}
            />
          );
        })}
      </svg>
    </div>
  );
}

type NodeProps = {
  node: MapNode;
  known: Known | null;
  burnedRatio: number | null;
  place: { x: number; y: number };
  radius: number;
  isNear: boolean;
  point: (id: string | null) => void;
  range: TimeRangeId;
};

function Node({ node, known, burnedRatio, place, radius, isNear, point, range }: NodeProps) {
  const [bad, total] = known === null ? [node.errors, node.calls] : [known.bad, known.invocations];
  const words = [
    `${node.name}: ${exactCount(total)} ${known === null ? 'calls' : 'invocations'}`,
    `${formatRatio(total === 0 ? null : bad / total)} failed`,
    ...(known?.p95Ms === null || known === null ? [] : [`p95 ${formatDuration(known.p95Ms)}`]),
    ...(known?.costUsd === null || known === null ? [] : [`cost ${formatUsd(known.costUsd)}`]),
    ...(burnedRatio === null ? [] : [`${formatRatio(burnedRatio)} of its error budget burned`]),
  ].join(', ');
  const label = mapLabel(node.name);
  const drawing = (
    <>
      <title>{words}</title>
      {node.kind === 'function' ? (
        <circle cx={place.x} cy={place.y} r={radius} />
      ) : (
        <rect x={place.x - radius} y={place.y - radius} width={radius * 2} height={radius * 2} rx="3" />
      )}
      <text x={place.x + radius + 7} y={place.y - 1}>
        {label}
      </text>
      <text className="map-kind" x={place.x + radius + 7} y={place.y + 12}>
        {node.kind}
      </text>
    </>
  );
  const shared = {
    className: 'map-node',
    'data-kind': node.kind,
    'data-near': isNear,
    'data-bad': badness(bad, total),
    onPointerEnter: () => point(node.id),
    onPointerLeave: () => point(null),
  };
  if (node.kind !== 'function') return <g {...shared}>{drawing}</g>;
  return (
    <a
      {...shared}
      href={functionHref(node.name, node.environment, range)}
      onFocus={() => point(node.id)}
      onBlur={() => point(null)}
    >
      {drawing}
    </a>
  );
}
