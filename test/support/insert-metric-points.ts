import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO metric_points
    (tenant, environment, service, function, metric, kind, temporality, monotonic, unit, started_at, at, value, count, sum,
     quantiles, resource, attributes, dimensions, received_at)
  SELECT tenant, environment, service, function, metric, kind, temporality, true, unit,
    fromUnixTimestamp64Milli(started_ms, 'UTC'), fromUnixTimestamp64Milli(at_ms, 'UTC'), value, count, sum,
    quantiles, resource, attributes, dimensions, fromUnixTimestamp64Milli(received_ms, 'UTC')
  FROM format(
    JSONEachRow,
    'tenant String, environment String, service String, function String, metric String, kind String, temporality String,
     unit String, started_ms Int64, at_ms Int64, value Nullable(Float64), count UInt64, sum Nullable(Float64),
     quantiles Array(Tuple(quantile Float64, value Float64)), resource Map(String, String), attributes Map(String, String),
     dimensions Map(String, String), received_ms Int64',
    {rows: String})`;

export type TestPoint = {
  tenant: string;
  environment?: string;
  service?: string;
  function?: string;
  metric: string;
  kind: 'gauge' | 'sum' | 'histogram' | 'summary';
  temporality?: 'unspecified' | 'delta' | 'cumulative';
  unit?: string;
  /** Absent: not told, which is stored as 1970. */
  startedAt?: Date;
  at: Date;
  value?: number;
  count?: number;
  sum?: number;
  /** The quantile 1 of a summary. */
  max?: number;
  resource?: Readonly<Record<string, string>>;
  attributes?: Readonly<Record<string, string>>;
  dimensions?: Readonly<Record<string, string>>;
  receivedAt?: Date;
};

/** Stores data points as they would be after ingest; what a test leaves out has one plain value. */
export async function insertMetricPoints(warehouse: Warehouse, points: readonly TestPoint[]): Promise<void> {
  const rows = points.map((point) =>
    JSON.stringify({
      tenant: point.tenant,
      environment: point.environment ?? '',
      service: point.service ?? '',
      function: point.function ?? point.dimensions?.['FunctionName'] ?? '',
      metric: point.metric,
      kind: point.kind,
      temporality: point.temporality ?? 'unspecified',
      unit: point.unit ?? '',
      started_ms: point.startedAt?.getTime() ?? 0,
      at_ms: point.at.getTime(),
      value: point.value ?? null,
      count: point.count ?? 0,
      sum: point.sum ?? null,
      quantiles: point.max === undefined ? [] : [{ quantile: 1, value: point.max }],
      resource: point.resource ?? {},
      attributes: point.attributes ?? {},
      dimensions: point.dimensions ?? {},
      received_ms: (point.receivedAt ?? point.at).getTime(),
    }),
  );
  for (let from = 0; from < rows.length; from += 250) {
    await warehouse.command(SQL, { rows: rows.slice(from, from + 250).join('\n') });
  }
}
