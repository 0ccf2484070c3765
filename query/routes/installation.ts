import { Installation } from '../../schemas/installation.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';

/** `describe` is asked on every call, because the OTLP ports are known only once they listen. */
export type InstallationRouteDeps = { describe: () => Omit<Installation, 'tenant' | 'access'> };

export function installationRoutes({ describe }: InstallationRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { response: { 200: Installation } };
    const config = { needs: 'viewer', summary: 'Where to send telemetry, and what serves it' } as const;
    app.get('/api/v1/installation', { schema, config }, async ({ access }) => ({
      ...describe(),
      tenant: access.tenant,
      access: access.keyId === null ? ('open' as const) : ('keys' as const),
    }));
  };
}
