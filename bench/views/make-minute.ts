import { shop } from '../../cli/demo/fleet/shop.js';
import { describePlaces } from '../../cli/demo/history/describe-places.js';
import { placeLines } from '../../cli/demo/history/place.js';
import { callRows, insertRows, rhythmParams } from '../../cli/demo/history/rows-sql.js';
import { spansOfRuns } from '../../cli/demo/history/spans-sql.js';
import { defaultTenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** A busy minute of the demo's shop at noon, in tables of the form of `invocations` and `spans` that no view looks at. */
export async function makeMinute(warehouse: Warehouse): Promise<void> {
  const noon = Math.floor(Date.now() / 86_400_000) * 1440 - 720;
  const world = { fleet: shop, seed: 1, ratePerSecond: 2_000, incidents: [] };
  const window = { fromMinute: noon, toMinute: noon + 1 };
  const places = placeLines(describePlaces(world, noon, noon + 1));
  const params = { tenant: defaultTenant, seed: 1, ...window, places, ...rhythmParams };
  const create = (sql: string) => warehouse.command(sql, params, { timeoutMs: 300_000, memoryBytes: 4e9 });
  await create(
    'CREATE TABLE bench_invocations AS invocations ENGINE = MergeTree PRIMARY KEY received_at ORDER BY received_at',
  );
  await create(
    'CREATE TABLE bench_spans AS spans ENGINE = MergeTree PRIMARY KEY received_at ORDER BY received_at',
  );
  await create(`CREATE TABLE history__calls ENGINE = Memory AS ${callRows}`);
  await create(insertRows('bench_invocations'));
  await create(`INSERT INTO bench_spans (${spanColumns}) ${spansOfRuns}`);
}

const spanColumns = `tenant, environment, service, name, kind, started_at, duration_ns, status, status_message, trace_id, span_id,
  parent_span_id, scope, resource_hash, attribute_keys, attribute_values, received_at, function, call, peer_kind, peer, operation, retry`;
