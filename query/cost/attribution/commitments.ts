import type { CostSettings } from '../../../schemas/config/cost.js';
import type { CommitmentUse } from '../../../schemas/cost/attribution.js';
import { decimalText } from '../exact/decimal-text.js';
import {
  add,
  compare,
  decimal,
  divide,
  least,
  multiply,
  one,
  type Rational,
  rational,
  subtract,
  sum,
  zero,
} from '../exact/rational.js';
import type { UsageLine } from '../pricing/usage-line.js';

export type Commitment = CostSettings['commitments'][number];

/** Usage of one month that a commitment may cover: what it costs after tiers and free grant, and what the commitment makes of it. */
export type Coverable = { line: UsageLine; net: Rational; hasRoom: boolean };

const hourMs = 3_600_000;

/**
 * What is committed in a month is paid whether used or not. It covers usage at its discount until it is used up; what is left
 * over costs as without it. Spread over all that it covers in proportion to cost, month by month.
 */
export function applyCommitment(
  commitment: Commitment,
  month: { from: Date; to: Date },
  pools: readonly Coverable[],
): CommitmentUse | null {
  const covered = pools.filter(({ line }) => covers(commitment, line));
  const committed = committedIn(commitment, month);
  const net = sum(covered.map((pool) => pool.net));
  if (committed.n === 0n || net.n <= 0n)
    return committed.n === 0n ? null : use(commitment, month, committed, zero, zero);
  const discounted = multiply(net, subtract(one, decimal(commitment.discountRatio)));
  const isRoomy = compare(committed, discounted) >= 0;
  const share = isRoomy ? one : divide(committed, discounted);
  const total = add(committed, multiply(subtract(one, share), net));
  const factor = divide(total, net);
  for (const pool of covered) {
    pool.net = multiply(pool.net, factor);
    pool.hasRoom = isRoomy && compare(committed, discounted) > 0;
  }
  return use(commitment, month, committed, least(committed, discounted), share);
}

function covers({ provider, product, dimensions, region }: Commitment, line: UsageLine): boolean {
  return (
    line.provider === provider &&
    line.product === product &&
    dimensions.includes(line.dimension) &&
    (region === undefined || region === line.region)
  );
}

function committedIn({ usdPerHour, from, to }: Commitment, month: { from: Date; to: Date }): Rational {
  const start = Math.max(month.from.getTime(), from === undefined ? 0 : Date.parse(from));
  const end = Math.min(month.to.getTime(), to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));
  return end <= start ? zero : multiply(decimal(usdPerHour), rational(BigInt(end - start), BigInt(hourMs)));
}

function use(
  { name }: Commitment,
  month: { from: Date },
  committed: Rational,
  used: Rational,
  share: Rational,
): CommitmentUse {
  return {
    name,
    month: month.from.toISOString().slice(0, 7),
    committedUsd: decimalText(committed),
    usedUsd: decimalText(used),
    unusedUsd: decimalText(subtract(committed, used)),
    coveredRatio: Number(decimalText(share, 6)),
  };
}
