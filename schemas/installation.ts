import { z } from 'zod';

/** What the app must know of the installation it is served by. */
export const Installation = z
  .object({
    otlpHttpUrl: z.url().meta({ description: 'Value for OTEL_EXPORTER_OTLP_ENDPOINT over HTTP' }),
    otlpGrpcUrl: z.url().nullable().meta({ description: 'The same over gRPC; null when it does not listen' }),
    version: z.string().meta({ description: 'Version of Coldburn' }),
    tenant: z.string().meta({ description: 'Tenant the caller reads' }),
    mode: z.enum(['embedded', 'server']).meta({ description: 'ClickHouse inside the process, or a server' }),
    isDemo: z.boolean().meta({ description: 'The demo fleet lives in it, and /api/v1/demo answers' }),
    offersDemo: z.boolean().meta({
      description: 'POST /api/v1/demo/start starts the demo fleet, as long as there is no data',
    }),
    access: z.enum(['open', 'keys']).meta({ description: 'Whether senders need an API key' }),
  })
  .meta({ id: 'Installation' });
export type Installation = z.infer<typeof Installation>;
