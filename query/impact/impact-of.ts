import type { FunctionImpact } from '../../schemas/impact.js';
import { decimalText } from '../cost/exact/decimal-text.js';
import { add, compare, decimal, multiply, type Rational, rational, sum } from '../cost/exact/rational.js';
import type { Lost, ToldValue } from './read-lost.js';
import type { RunValues } from './run-value.js';

type Whose = Pick<Lost, 'function' | 'environment' | 'team'>;

const keyOf = ({ function: name, environment, team }: Whose) => JSON.stringify([name, environment, team]);

/** What failed for good in dollars: what its span told, and for the others what the settings say. Most dollars first. */
export function impactOf(
  lost: readonly Lost[],
  told: readonly ToldValue[],
  { usdOf }: Pick<RunValues, 'usdOf'>,
): { functions: FunctionImpact[]; totalUsd: string | null } {
  const toldOf = new Map(told.map((one) => [keyOf(one), one]));
  const rows = lost.map((one) => {
    const known = toldOf.get(keyOf(one));
    const toldRuns = Math.min(known?.told ?? 0, one.lost);
    const usdPerRun = usdOf(one.function, one.environment);
    return { ...one, told: toldRuns, usdPerRun, stake: stakeOf(one.lost - toldRuns, usdPerRun, known) };
  });
  rows.sort(
    (one, other) =>
      compareStakes(other.stake, one.stake) || other.lost - one.lost || (keyOf(one) < keyOf(other) ? -1 : 1),
  );
  const stakes = rows.flatMap(({ stake }) => (stake === null ? [] : [stake]));
  return {
    functions: rows.map(({ stake, ...row }) => ({
      ...row,
      atStakeUsd: stake === null ? null : decimalText(stake, 2),
    })),
    totalUsd: stakes.length === 0 ? null : decimalText(sum(stakes), 2),
  };
}

function stakeOf(others: number, usdPerRun: string | null, told: ToldValue | undefined): Rational | null {
  const byAttribute = told === undefined ? null : decimal(told.usd);
  const bySetting = usdPerRun === null ? null : multiply(rational(BigInt(others)), decimal(usdPerRun));
  if (byAttribute === null) return bySetting;
  return bySetting === null ? byAttribute : add(byAttribute, bySetting);
}

/** What is not known stands after whatever is. */
function compareStakes(one: Rational | null, other: Rational | null): number {
  if (one === null || other === null) return (one === null ? 0 : 1) - (other === null ? 0 : 1);
  return compare(one, other);
}
