import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Entry } from '../evaluate/evaluate.js';
import type { LedgerSlo } from './ledger-slo.js';

const SQL = `
  SELECT slo, scope, toUnixTimestamp(minute) AS minute_s
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String} AND slo IN {slos: Array(String)} AND shape IN {shapes: Array(String)}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    AND total > 0` as const;

const Row = z.object({ slo: z.string(), scope: z.string(), minute_s: z.coerce.number() });

/**
 * Entries of nothing for minutes that composites count so far and no longer do, because one of their parts now counts
 * something else. All other objectives begin a shape anew when that happens.
 */
export async function clearStale(
  warehouse: TenantWarehouse,
  slos: readonly LedgerSlo[],
  entries: readonly Entry[],
  window: { from: Date; to: Date },
): Promise<Entry[]> {
  const composites = new Map(
    slos.flatMap(({ definition }, index) =>
      definition.sli.kind === 'composite' ? [[definition.id, index] as const] : [],
    ),
  );
  if (composites.size === 0) return [];
  const shapes = [...composites.values()].map((index) => slos[index]?.shape ?? '');
  const rows = await warehouse.query(SQL, { ...window, slos: [...composites.keys()], shapes }, Row);
  const known = new Set(entries.map((one) => `${one.index} ${one.minuteMs} ${one.scope}`));
  return rows.flatMap(({ slo, scope, minute_s }) => {
    const index = composites.get(slo);
    const minuteMs = minute_s * 1000;
    if (index === undefined || known.has(`${index} ${minuteMs} ${scope}`)) return [];
    return [{ index, scope, minuteMs, good: 0, total: 0 }];
  });
}
