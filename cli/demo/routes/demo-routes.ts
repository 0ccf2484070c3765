import { Demo, DemoIncidentRun, NewDemoIncident } from '../../../schemas/demo.js';
import { ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';

export type DemoRouteDeps = {
  describe: () => Demo;
  /** Null when no incident has this name. */
  startIncident: (name: string) => DemoIncidentRun | null;
};

/** What the fleet does, and starting an incident in it. Only there when the server runs with --demo. */
export function demoRoutes({ describe, startIncident }: DemoRouteDeps): ZodPlugin {
  return async (app) => {
    app.get(
      '/api/v1/demo',
      {
        config: { needs: 'viewer', summary: 'The demo fleet: what it sends, and its incidents' },
        schema: { response: { 200: Demo } },
      },
      async () => describe(),
    );
    app.post(
      '/api/v1/demo/incidents',
      {
        config: { needs: 'operator', summary: 'Start an incident in the demo fleet at the next full minute' },
        schema: { body: NewDemoIncident, response: { 201: DemoIncidentRun } },
      },
      async ({ body }, reply) => {
        const run = startIncident(body.name);
        if (run !== null) return reply.code(201).send(run);
        const names = describe().incidents.map(({ name }) => name);
        throw new ProblemError(
          'NOT_FOUND',
          `There is no incident "${body.name}"; there are ${names.join(', ')}.`,
        );
      },
    );
  };
}
