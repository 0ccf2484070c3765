import { ReconcileAnswer, ReconcileRequest } from '../../../schemas/cost/bill.js';
import { Problem, ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import { readRequest } from '../../cost/bill/read-request.js';
import { billLines, reconcileBill } from '../../cost/bill/reconcile-bill.js';
import { readModelled } from '../../cost/read-modelled.js';
import type { CostRouteDeps } from './attribution.js';

const bodyLimit = 64 * 1024 * 1024;

/** Compares a bill with what telemetry says of the same days. The bill is not kept. */
export function reconcileRoutes({ now, openTenant, ...deps }: CostRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { body: ReconcileRequest, response: { 200: ReconcileAnswer, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'A bridge from modelled cost to a bill, which sums to zero',
    } as const;
    app.post('/api/v1/cost/reconcile', { schema, config, bodyLimit }, async ({ body, access }) => {
      const bill = readRequest(body);
      if (bill.kind === 'refused') throw new ProblemError('BAD_REQUEST', bill.reason);
      const lines = billLines(bill.records);
      const { from, to } = lines;
      const modelled =
        from === null || to === null
          ? { lines: [], notes: [] }
          : await readModelled(openTenant(access), { from: new Date(from), to: new Date(to) }, deps, now());
      return { ...reconcileBill(bill, lines, modelled.lines), notes: modelled.notes };
    });
  };
}
