import type { TestPoint } from '../../support/insert-metric-points.js';

const minuteMs = 60_000;
/** Yesterday at a full hour, because rows older than the retention vanish. */
export const from = new Date(Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000);
export const minute = (count: number) => new Date(from.getTime() + count * minuteMs);

export const lambda = (name: string, at: Date, point: Partial<TestPoint> = {}) => ({
  metric: `amazonaws.com/AWS/Lambda/${name}`,
  kind: 'summary' as const,
  startedAt: new Date(at.getTime() - minuteMs),
  at,
  dimensions: { FunctionName: 'orders' },
  resource: { 'cloud.region': 'eu-central-1', 'cloud.account.id': '1' },
  ...point,
});
export const faas = (name: string, at: Date, value: number, point: Partial<TestPoint> = {}) => ({
  metric: `faas.${name}`,
  kind: 'sum' as const,
  temporality: 'cumulative' as const,
  function: 'orders',
  startedAt: from,
  at,
  value,
  ...point,
});
