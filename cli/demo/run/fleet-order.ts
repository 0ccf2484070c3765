import { z } from 'zod';
import { FleetFigures } from '../../../schemas/demo.js';

/** What the thread of the fleet is told when it starts. */
export const FleetOrder = z.object({
  url: z.string(),
  /** Where senders that speak gRPC go; null sends theirs over HTTP too. */
  grpcUrl: z.string().nullable(),
  key: z.string().nullable(),
  seed: z.number().int(),
  ratePerSecond: z.number(),
  speed: z.number(),
  startMs: z.number(),
  backfillMs: z.number(),
  isLive: z.boolean(),
  truthDir: z.string().nullable(),
  /** Incidents under way from the start, by name. */
  incidents: z.array(z.object({ name: z.string(), startMinute: z.number() })),
});
export type FleetOrder = z.infer<typeof FleetOrder>;

/** What it is told later. */
export const FleetCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incident'), name: z.string(), startMinute: z.number() }),
  z.object({ kind: z.literal('stop') }),
]);
export type FleetCommand = z.infer<typeof FleetCommand>;

/** What it tells. */
export const FleetMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('figures'), figures: FleetFigures }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type FleetMessage = z.infer<typeof FleetMessage>;
