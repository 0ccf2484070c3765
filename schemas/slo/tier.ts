import { z } from 'zod';
import { duration } from '../config/duration.js';
import { type Share, ShareText } from './percent.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** One burn-rate condition: so much of the budget spent within the long window, and still being spent in the short one. */
export type Tier = {
  readonly budget: Share;
  readonly longMs: number;
  readonly shortMs: number;
  readonly severity: 'page' | 'ticket';
};

const Severity = z.enum(['page', 'ticket']);

export const TierText = z
  .strictObject({
    budget: ShareText.meta({ description: 'Share of the budget whose loss within `long` is worth telling' }),
    long: duration({ atLeastMs: minuteMs, atMostMs: 30 * dayMs }),
    short: duration({ atLeastMs: minuteMs, atMostMs: 30 * dayMs }).meta({
      description: 'Still burning: ends the alert soon after the fault. Usually a twelfth of `long`',
    }),
    severity: Severity.meta({ description: 'page wakes somebody, ticket waits for the morning' }),
  })
  .transform(
    ({ budget, long, short, severity }): Tier => ({
      budget,
      longMs: long,
      shortMs: short,
      severity,
    }),
  );
