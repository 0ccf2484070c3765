import { z } from 'zod';

/** What the endpoint does wrong, once each, to the next request of that sort. */
export const Fault = z.object({
  on: z.enum(['insert', 'query', 'command']),
  kind: z.discriminatedUnion('is', [
    /** Cuts the connection when this many bytes of the body are read; nothing is executed. */
    z.object({ is: z.literal('cut-request'), afterBytes: z.number().int() }),
    /** Executes, and cuts the connection instead of answering. */
    z.object({ is: z.literal('cut-answer') }),
    /** Reads the request and never answers. */
    z.object({ is: z.literal('hang') }),
    /** Answers 503, as a proxy without a backend does. */
    z.object({ is: z.literal('refuse') }),
    /** Executes, and kills its own process instead of answering. */
    z.object({ is: z.literal('die') }),
  ]),
});
export type Fault = z.infer<typeof Fault>;
export type FaultKind = Fault['kind'];

export type Faults = { add: (fault: Fault) => void; next: (on: Fault['on']) => FaultKind | null };

export function createFaults(): Faults {
  const pending: Fault[] = [];
  return {
    add: (fault) => void pending.push(fault),
    next: (on) => {
      const index = pending.findIndex((fault) => fault.on === on);
      const [fault] = index === -1 ? [] : pending.splice(index, 1);
      return fault?.kind ?? null;
    },
  };
}
