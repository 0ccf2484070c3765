import { z } from 'zod';

const count = (description: string) => z.number().int().nonnegative().meta({ description });
const ratio = (description: string) => z.number().min(0).max(1).meta({ description });
const durationMs = (description: string) => z.number().nonnegative().meta({ description });

export const PeerKind = z.enum(['database', 'http', 'queue', 'function', 'rpc', 'storage', 'other']);

/** What one function asks of one peer, or what a queue or store asks of it, in a window. */
export const DependencyEdge = z
  .object({
    function: z.string(),
    environment: z.string(),
    direction: z.enum(['out', 'in']).meta({
      description: 'out: the function calls the peer. in: the peer, a queue or a store, starts the function',
    }),
    peerKind: PeerKind,
    peer: z.string().meta({ description: 'Database and namespace, host, queue, function or service' }),
    operation: z.string().meta({ description: 'What is asked: SELECT orders, GET /v2/customers/{id}, send' }),
    calls: count('Calls in the window'),
    perSecond: z.number().nonnegative().meta({ description: 'calls / length of the window' }),
    errors: count('Calls whose span has the status error'),
    errorRatio: ratio('errors / calls'),
    retries: count('Calls that the sender marked as a repetition of one that failed'),
    meanMs: durationMs('Mean duration'),
    p50Ms: durationMs('Median duration, within 1 %'),
    p95Ms: durationMs('95th percentile, within 1 %'),
    p99Ms: durationMs('99th percentile, within 1 %'),
  })
  .meta({ id: 'DependencyEdge' });
export type DependencyEdge = z.infer<typeof DependencyEdge>;

/** Two functions joined by what lies between them. Each side was counted on its own, so the figures may differ. */
export const DependencyFlow = z
  .object({
    environment: z.string(),
    from: z.string().meta({ description: 'Function that sends or calls' }),
    to: z.string().meta({ description: 'Function that is started' }),
    via: z.string().nullable().meta({ description: 'Queue or store between them; null for a direct call' }),
    sent: count('Calls of the sender'),
    received: z.number().int().nonnegative().nullable().meta({
      description: 'Runs or messages of the receiver; null for a direct call, which only its caller counts',
    }),
  })
  .meta({ id: 'DependencyFlow' });
export type DependencyFlow = z.infer<typeof DependencyFlow>;

/** The answer of GET /api/v1/dependencies. */
export const DependencyList = z
  .object({
    from: z.iso.datetime().meta({ description: 'Start of the window, included; a whole minute' }),
    to: z.iso.datetime().meta({ description: 'End of the window, not included; a whole minute' }),
    edges: z.array(DependencyEdge).meta({ description: 'Most calls first' }),
    flows: z.array(DependencyFlow).meta({ description: 'Functions joined over the listed edges' }),
    truncated: z.boolean().meta({ description: 'True when there are more edges than `limit`' }),
  })
  .meta({ id: 'DependencyList' });
export type DependencyList = z.infer<typeof DependencyList>;
