import type { FunctionSummary } from '../../../../schemas/functions.js';

export type ImpactRow = {
  key: string;
  function: string;
  environment: string;
  team: string;
  bad: number;
  invocations: number;
  successRatio: number | null;
  /** Of all failures shown. */
  shareRatio: number;
};

/** Functions by how many of their invocations failed: whoever mends the first row mends the most. */
export function impactRows(functions: readonly FunctionSummary[], most: number): ImpactRow[] {
  const rows = new Map<string, ImpactRow>();
  for (const { function: name, environment, team, bad, invocations } of functions) {
    const key = JSON.stringify([name, environment]);
    const row = rows.get(key);
    if (row === undefined)
      rows.set(key, {
        key,
        function: name,
        environment,
        team,
        bad,
        invocations,
        successRatio: null,
        shareRatio: 0,
      });
    else {
      row.bad += bad;
      row.invocations += invocations;
    }
  }
  const all = [...rows.values()].reduce((sum, { bad }) => sum + bad, 0);
  return [...rows.values()]
    .filter(({ bad }) => bad > 0)
    .sort((one, other) => other.bad - one.bad || (one.key < other.key ? -1 : 1))
    .slice(0, most)
    .map((row) => ({
      ...row,
      successRatio: (row.invocations - row.bad) / row.invocations,
      shareRatio: row.bad / all,
    }));
}

export type TeamRow = { team: string; invocations: number; bad: number; successRatio: number };

/** The same by team, the least reliable first. */
export function teamRows(functions: readonly FunctionSummary[]): TeamRow[] {
  const rows = new Map<string, { invocations: number; bad: number }>();
  for (const { team, invocations, bad } of functions) {
    const row = rows.get(team) ?? { invocations: 0, bad: 0 };
    rows.set(team, { invocations: row.invocations + invocations, bad: row.bad + bad });
  }
  return [...rows]
    .filter(([, { invocations }]) => invocations > 0)
    .map(([team, { invocations, bad }]) => ({
      team,
      invocations,
      bad,
      successRatio: (invocations - bad) / invocations,
    }))
    .sort((one, other) => one.successRatio - other.successRatio || (one.team < other.team ? -1 : 1));
}

/** Change of a share, in points of a hundred: "up 0.12 points"; null when one of them is not known. */
export function pointsText(now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null;
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.005) return 'as in the time before';
  return `${points < 0 ? 'down' : 'up'} ${Math.abs(points).toFixed(2)} points`;
}

/** Change of a count in percent of what it was: "up 12 %". */
export function growthText(now: number, before: number | null): string | null {
  if (before === null || before === 0) return null;
  const percent = (now / before - 1) * 100;
  if (Math.abs(percent) < 0.5) return 'as in the time before';
  return `${percent < 0 ? 'down' : 'up'} ${Math.abs(percent).toFixed(0)} %`;
}
