import { defaultTenant } from '../../../schemas/access.js';
import { DemoStarting } from '../../../schemas/demo.js';
import { Problem, ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';

export type StartDemoRouteDeps = {
  /** Nothing was ever sent to the tenant the fleet would send as. */
  isEmpty: () => Promise<boolean>;
  /** Begins anew with the fleet, when this answer has been given. */
  start: () => Promise<void>;
};

/** Starts the demo fleet in a server that runs without it and has no data. */
export function startDemoRoute({ isEmpty, start }: StartDemoRouteDeps): ZodPlugin {
  return async (app) => {
    const config = {
      needs: 'admin',
      summary: 'Start the demo fleet in an installation without data; the server begins anew with it',
    } as const;
    const schema = { response: { 202: DemoStarting, 403: Problem, 409: Problem } };
    app.post('/api/v1/demo/start', { config, schema }, async ({ access }, reply) => {
      if (access.tenant !== defaultTenant)
        throw new ProblemError('FORBIDDEN', `The demo fleet sends as the tenant "${defaultTenant}"`);
      if (!(await isEmpty()))
        throw new ProblemError(
          'DEMO_NOT_EMPTY',
          'There are invocations here, and the demo would mix with them',
        );
      await start();
      return reply.code(202).send({ state: 'starting' });
    });
  };
}
