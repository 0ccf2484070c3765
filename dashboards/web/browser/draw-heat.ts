import type { Heatmap } from '../../../schemas/latency.js';
import { durationTicks, type HeatLayer, heatRects, heatSpan } from '../view/debug/heat-grid.js';
import { savePicture } from './save-picture.js';

/** Tokens of the theme for the two kinds of starts. */
const colorOf = { warm: 'heat-warm', cold: 'heat-cold' } as const;

/** Draws the filled cells of a heat map. */
export function drawHeat(
  context: CanvasRenderingContext2D,
  size: { width: number; height: number },
  color: (token: string) => string,
  map: Heatmap,
  layer: HeatLayer,
): void {
  for (const { x, y, width, height, kind, strength } of heatRects(map, layer, size)) {
    context.globalAlpha = strength;
    context.fillStyle = color(`--${colorOf[kind]}`);
    context.fillRect(x, y, width, height);
  }
  context.globalAlpha = 1;
}

export function saveHeatPng(title: string, map: Heatmap, layer: HeatLayer): void {
  const legend = [
    { label: 'Warm', color: colorOf.warm, kind: 'warm' },
    { label: 'Cold', color: colorOf.cold, kind: 'cold' },
  ];
  savePicture({
    title,
    legend: legend.filter(({ kind }) => layer === 'both' || layer === kind),
    axis: durationTicks(map, 7).map(({ label, ratio }) => ({ label, ratio: 1 - ratio })),
    span: heatSpan(map),
    draw: (context, size, color) => drawHeat(context, size, color, map, layer),
  });
}
