import { z } from 'zod';
import { Fault } from './fault.js';

/** From the test to the endpoint's process. */
export const ToEndpoint = z.object({ fault: Fault });
export type ToEndpoint = z.infer<typeof ToEndpoint>;

/** From the endpoint's process to the test. */
export const FromEndpoint = z.union([z.object({ port: z.number() }), z.object({ planned: z.literal(true) })]);
export type FromEndpoint = z.infer<typeof FromEndpoint>;
