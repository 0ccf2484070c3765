import type { Rational } from '../exact/rational.js';

/** What a provider puts on a bill: so much of one dimension, in the unit its rate is for. */
export type UsageLine = {
  provider: string;
  product: string;
  dimension: string;
  region: string;
  /** Empty where nobody told, or where it makes no difference. */
  arch: string;
  quantity: Rational;
};
