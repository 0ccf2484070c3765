import type { Warehouse } from '../../warehouse/warehouse.js';

// What neither a report nor a log can tell of a run (whose it is, where it runs) is taken from the newest run of the
// function. A row that is there already is left to the corrections.
const SQL = `
  INSERT INTO settle_batches
    (batch, created_at, tenant, environment, function, started_at, duration_ns, span_id, outcome, error_type, error_message,
     cold, init_ns, memory_bytes, memory_used_bytes, billed_ms, source, reported, attempt, superseded, duplicate,
     invocation_id, delivery_id, weight, provider, platform, region, account, team, version, alias, arch, trigger,
     instance, trace_id, received_at, billing, billed_memory_mb, request_units, revision, sign)
  SELECT {target: String}, now('UTC'), w.tenant, w.environment, w.function, w.started_at, w.made_duration_ns, w.span_id,
    w.to_outcome, w.to_error_type, w.to_error_message, w.to_cold, w.to_init_ns, w.to_memory_bytes, w.to_memory_used_bytes,
    w.to_billed_ms, w.to_source, w.to_reported, w.to_attempt, w.to_superseded, w.to_duplicate,
    w.made_invocation_id, w.made_delivery_id, 1,
    if(r.provider != '', r.provider, k.provider), if(r.platform != '', r.platform, k.platform),
    if(r.region != '', r.region, k.region), if(r.account != '', r.account, k.account), if(r.team != '', r.team, k.team),
    if(r.version != '', r.version, k.version), if(r.alias != '', r.alias, k.alias), if(r.arch != '', r.arch, k.arch),
    k.trigger, r.instance, r.trace_id, now64(3, 'UTC'),
    if(k.billing != '', k.billing, if(r.platform IN ('aws_lambda', 'aws.lambda'), 'aws-lambda', '')) AS made_billing,
    if(w.to_memory_bytes > 0, toUInt32(round(w.to_memory_bytes / 1048576)), k.billed_memory_mb),
    w.to_outcome NOT IN ('throttled', 'rejected') AND made_billing NOT IN ('', 'self-hosted'), 0, 1
  FROM (SELECT * FROM settle_wanted WHERE batch = {batch: String} AND wanted AND to_source != 'span') AS w
  GLOBAL ANY LEFT JOIN (
    SELECT tenant, function, environment, at, invocation_id, provider, platform, region, account, team, version, alias,
      arch, instance, trace_id
    FROM platform_reports
    WHERE (tenant, environment, function, at) GLOBAL IN (
      SELECT tenant, made_report_environment, function, made_report_at FROM settle_wanted
      WHERE batch = {batch: String} AND wanted AND to_source = 'report')
  ) AS r
  ON w.tenant = r.tenant AND w.function = r.function AND w.made_report_environment = r.environment
    AND w.made_report_at = r.at AND w.made_invocation_id = r.invocation_id
  GLOBAL ANY LEFT JOIN (
    SELECT tenant, environment, function, argMax(provider, minute) AS provider, argMax(platform, minute) AS platform,
      argMax(region, minute) AS region, argMax(account, minute) AS account, argMax(team, minute) AS team,
      argMax(version, minute) AS version, argMax(alias, minute) AS alias, argMax(arch, minute) AS arch,
      argMax(trigger, minute) AS trigger, argMax(billing, minute) AS billing, argMax(billed_memory_mb, minute) AS billed_memory_mb
    FROM invocations_1m
    WHERE source = 'span' AND minute >= now('UTC') - INTERVAL 7 DAY AND (tenant, environment, function) GLOBAL IN (
      SELECT tenant, environment, function FROM settle_wanted
      WHERE batch = {batch: String} AND wanted AND to_source != 'span')
    GROUP BY tenant, environment, function
  ) AS k
  ON w.tenant = k.tenant AND w.environment = k.environment AND w.function = k.function
  WHERE (w.tenant, w.environment, w.function, w.started_at, w.span_id) GLOBAL NOT IN (
    SELECT tenant, environment, function, started_at, span_id FROM invocations FINAL
    WHERE (tenant, environment, function, started_at) GLOBAL IN (
      SELECT tenant, environment, function, started_at FROM settle_wanted
      WHERE batch = {batch: String} AND wanted AND to_source != 'span'))`;

/** Writes the rows that a batch of decisions makes into the outbox, as the batch `target`. */
export async function buildMade(warehouse: Warehouse, batch: string, target: string): Promise<void> {
  await warehouse.command(SQL, { batch, target }, { onceToken: target });
}
