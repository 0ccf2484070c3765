import { IngestStatus } from '../../schemas/ingest-status.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { describeIngest, describeNoIngest, seesSpool } from '../counting/describe-ingest.js';
import type { Ingest } from '../start-ingest.js';

export type IngestStatusDeps = {
  /** Null while nothing is received here. */
  ingest: () => Ingest | null;
  /** False when this process has other roles only. */
  isReceiver: boolean;
};

const elsewhere =
  'This process has no role "ingest" and takes no telemetry; ask one that does, each has its own counts.';
const starting = 'This process is still starting and takes no telemetry yet.';

export function ingestStatusRoutes({ ingest, isReceiver }: IngestStatusDeps): ZodPlugin {
  return async (app) => {
    const schema = { response: { 200: IngestStatus } };
    const config = {
      needs: 'viewer',
      summary: 'What became of the telemetry sent here: accepted, refused by reason, spool, lag, senders',
    } as const;
    app.get('/api/v1/ingest', { schema, config }, async ({ access: { tenant, role } }) => {
      const receiver = ingest();
      if (receiver === null) return describeNoIngest(tenant, isReceiver ? starting : elsewhere);
      const { startedAtMs, limits, sampling } = receiver;
      return describeIngest(
        { tenant, role },
        {
          startedAtMs,
          own: receiver.ofTenant(tenant),
          spool: receiver.stats().spool,
          poison: seesSpool(role) ? await receiver.poison() : [],
          limits,
          sampling,
        },
      );
    });
  };
}
