import { z } from 'zod';

const count = z.coerce.number();
const truth = z.coerce.boolean();
/** Of one step: what was seen in minutes with a count and in the others, and what was counted. Adds up over parts of it. */
export const CountedStep = z.object({
  function: z.string(),
  environment: z.string(),
  at: z.coerce.number(),
  counted_runs: count,
  counted_ok: count,
  counted_answered: count,
  other_runs: count,
  other_ok: count,
  other_answered: count,
  invocations: count,
  errors: count,
  throttles: count,
  counts_invocations: truth,
  counts_errors: truth,
  counts_throttles: truth,
  errors_hold_answers: truth,
});
export type CountedStep = z.infer<typeof CountedStep>;

/** The same of whole hours, and which hours of the step, in seconds, it leaves out. */
export const CountedHours = CountedStep.extend({ mixed: z.array(z.number()) });
