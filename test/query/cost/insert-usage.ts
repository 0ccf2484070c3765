import type { Warehouse } from '../../../warehouse/warehouse.js';

const SQL = `
  INSERT INTO invocations
    (tenant, environment, function, started_at, duration_ns, outcome, cold, init_ns, provider, platform, region, account, team,
    version, alias, arch, received_at, product, feature, customer, tags, weight, attempt, billing, billed_ms, billed_memory_mb,
    billed_cpu_us, request_units, trace_id, span_id, memory_bytes, memory_used_bytes, duplicate, revision, sign)
  SELECT 'default', environment, function, fromUnixTimestamp64Milli(started_ms, 'UTC'), billed_ms * 1000000, outcome, cold,
    init_ms * 1000000, provider, '', region, account, team, version, alias, arch, now64(3, 'UTC'), product, feature, customer,
    CAST(if(tag = '', map(), map('campaign', tag)), 'Map(LowCardinality(String), String)'), weight, attempt, billing,
    billed_ms, memory_mb, cpu_us, request_units, toFixedString(unhex(trace_hex), 16), toFixedString(unhex(span_hex), 8),
    memory_mb * 1048576, used_mb * 1048576, duplicate, revision, sign
  FROM format(
    JSONEachRow,
    'environment String, function String, started_ms Int64, outcome String, cold Bool, init_ms UInt64, provider String,
     region String, account String, team String, version String, alias String, arch String, product String, feature String,
     customer String, tag String, weight Float64, attempt UInt16, billing String, billed_ms UInt64, memory_mb UInt32,
     cpu_us UInt64, request_units UInt32, trace_hex String, span_hex String, used_mb UInt64, duplicate Bool,
     revision UInt16, sign Int8',
    {rows: String})`;

const usual = {
  environment: 'production',
  outcome: 'ok',
  cold: false,
  init_ms: 0,
  provider: 'aws',
  region: 'us-east-1',
  account: '1',
  team: 'checkout',
  version: '1',
  alias: '',
  arch: 'x86_64',
  product: '',
  feature: '',
  customer: '',
  tag: '',
  weight: 1,
  attempt: 1,
  billing: 'aws-lambda',
  billed_ms: 100,
  memory_mb: 1024,
  cpu_us: 0,
  request_units: 1,
  trace_hex: '',
  used_mb: 0,
  duplicate: false,
  revision: 0,
  sign: 1,
};
export type UsageRun = Partial<typeof usual> & { function: string; at: Date; span_hex?: string };

let spans = 0;

/** Stores runs with the usage ingest would have worked out; what a test leaves out has one plain value. */
export async function insertUsage(warehouse: Warehouse, runs: readonly UsageRun[]): Promise<void> {
  const lines = runs.map(({ at, ...run }) => {
    spans += 1;
    const span_hex = run.span_hex ?? spans.toString(16).padStart(16, '0');
    return JSON.stringify({ ...usual, ...run, span_hex, started_ms: at.getTime() });
  });
  for (let index = 0; index < lines.length; index += 200)
    await warehouse.command(SQL, { rows: lines.slice(index, index + 200).join('\n') });
}
