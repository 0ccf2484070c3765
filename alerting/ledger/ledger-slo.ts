import type { Tenant } from '../../schemas/access.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';

/** An objective as the ledger keeps it. */
export type LedgerSlo = {
  tenant: Tenant;
  /** What is counted; see `shapeOf`. */
  shape: string;
  /** The version since which it has counted this without a break. */
  since: number;
  definition: SloDefinition;
};

/** Names the run of minutes that a fill completes: one that begins anew is filled anew. */
export function seriesOf({ definition, shape, since }: LedgerSlo): string {
  return `${definition.id} ${shape} ${since}`;
}
