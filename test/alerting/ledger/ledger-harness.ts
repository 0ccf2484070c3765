import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sloLog } from '../../../alerting/definitions/append-version.js';
import { createLedgerJob, type LedgerJob } from '../../../alerting/ledger/ledger-job.js';
import { Tenant } from '../../../schemas/access.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';
import { writeSlo } from '../../../schemas/slo/write-slo.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';

const dayMs = 86_400_000;

export function ledgerUnderTest(warehouse: Warehouse, directory: string): LedgerJob {
  return createLedgerJob({
    warehouse,
    directory,
    newId: randomUUID,
    mayWrite: async () => {},
    keptMs: () => 95 * dayMs,
    queues: { metrics: [], deadLetter: [] },
  });
}

/** Until nothing of the history is missing. */
export async function tickUntilFilled(job: LedgerJob): Promise<void> {
  for (let times = 0; times < 50; times++) if (!(await job.tick(new AbortController().signal))) return;
  throw new Error('The history was not filled after 50 ticks');
}

export async function putSlo(
  warehouse: Warehouse,
  tenant: string,
  written: object,
  version = 1,
): Promise<SloDefinition> {
  const definition = SloDefinition.parse(written);
  await sloLog(
    warehouse,
    Tenant.parse(tenant),
  )({
    slo: definition.id,
    version,
    event: 'put',
    definition: JSON.stringify(writeSlo(definition)),
    source: 'api',
    author: 'test',
    at: new Date(),
  });
  return definition;
}

const SUMS = `
  SELECT slo, scope, toFloat64(sum(good)) AS good, toFloat64(sum(total)) AS total
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String}
  GROUP BY slo, scope
  HAVING total > 0
  ORDER BY slo, scope`;
const Sum = z.object({ slo: z.string(), scope: z.string(), good: z.number(), total: z.number() });

export async function ledgerSums(warehouse: Warehouse, tenant: string) {
  return await warehouse.query(SUMS, { tenant }, Sum);
}
