import type { Warehouse } from '../../warehouse/warehouse.js';

// Each row that reads differently goes with sign -1 and comes with the next revision; a row that should not be, and any
// copy of one beyond the first, only goes. All other columns are carried whole, whichever they are.
const SQL = `
  INSERT INTO settle_batches
  SELECT {batch: String} AS batch, now('UTC') AS created_at,
    * EXCEPT (side, copy, w_tenant, w_environment, w_function, w_started_at, w_span_id, wanted, to_source, to_outcome,
      to_error_type, to_error_message, to_cold, to_init_ns, to_memory_bytes, to_memory_used_bytes, to_billed_ms,
      to_reported, to_attempt, to_superseded, to_duplicate)
    REPLACE (
      if(side = 1, to_outcome, outcome) AS outcome,
      if(side = 1, to_error_type, error_type) AS error_type,
      if(side = 1, to_error_message, error_message) AS error_message,
      if(side = 1, to_cold, cold) AS cold,
      if(side = 1, to_init_ns, init_ns) AS init_ns,
      if(side = 1, to_memory_bytes, memory_bytes) AS memory_bytes,
      if(side = 1, to_memory_used_bytes, memory_used_bytes) AS memory_used_bytes,
      if(side = 1, to_billed_ms, billed_ms) AS billed_ms,
      if(side = 1 AND to_memory_bytes > 0 AND startsWith(billing, 'aws-'), toUInt32(round(to_memory_bytes / 1048576)), billed_memory_mb) AS billed_memory_mb,
      if(side = 1, to_source, source) AS source,
      if(side = 1, to_reported, reported) AS reported,
      if(side = 1, to_attempt, attempt) AS attempt,
      if(side = 1, to_superseded, superseded) AS superseded,
      if(side = 1, to_duplicate, duplicate) AS duplicate,
      toUInt16(revision + (side = 1)) AS revision,
      side AS sign)
  FROM (
    SELECT c.*, w.*,
      row_number() OVER (PARTITION BY c.tenant, c.environment, c.function, c.started_at, c.span_id ORDER BY c.revision DESC) AS copy
    FROM (
      SELECT * FROM invocations FINAL
      WHERE (tenant, environment, function, started_at) GLOBAL IN (
        SELECT tenant, environment, function, started_at FROM settle_wanted WHERE batch = {batch: String})
    ) AS c
    GLOBAL INNER JOIN (
      SELECT tenant AS w_tenant, environment AS w_environment, function AS w_function, started_at AS w_started_at,
        span_id AS w_span_id, wanted, to_source, to_outcome, to_error_type, to_error_message, to_cold, to_init_ns,
        to_memory_bytes, to_memory_used_bytes, to_billed_ms, to_reported, to_attempt, to_superseded, to_duplicate
      FROM settle_wanted WHERE batch = {batch: String}
    ) AS w
    ON tenant = w_tenant AND environment = w_environment AND function = w_function AND started_at = w_started_at AND span_id = w_span_id
  )
  ARRAY JOIN CAST(multiIf(
    copy > 1 OR NOT wanted, [-1],
    (to_outcome, to_error_type, to_error_message, to_cold, to_init_ns, to_memory_bytes, to_memory_used_bytes, to_billed_ms,
      to_source, to_reported, to_attempt, to_superseded, to_duplicate)
    != (outcome, error_type, error_message, cold, init_ns, memory_bytes, memory_used_bytes, billed_ms,
      source, reported, attempt, superseded, duplicate), [-1, 1],
    []), 'Array(Int8)') AS side`;

/** Writes the corrections that the decisions of a batch call for into the outbox, in one piece. */
export async function buildCorrections(warehouse: Warehouse, batch: string): Promise<void> {
  await warehouse.command(SQL, { batch }, { onceToken: batch });
}
