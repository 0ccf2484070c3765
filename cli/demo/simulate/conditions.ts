import type { DemoFunction, VersionShare } from '../fleet/demo-function.js';
import type { Effect, IncidentRun } from '../incidents/incident.js';

/** What holds for one function in one region in one minute, all incidents taken together. */
export type Conditions = {
  rateFactor: number;
  versions: readonly VersionShare[];
  errors: readonly { ratio: number; onlyVersion: string | null; type: string; message: string }[];
  slower: number;
  coldSlower: number;
  recycledRatio: number;
  throttledRatio: number;
  oomRatio: number;
  attempts: number | null;
  lostRatio: number;
  dependencies: ReadonlyMap<string, NonNullable<Effect['dependency']>>;
};

/** The effects of the incidents under way in this minute. */
export function effectsIn(runs: readonly IncidentRun[], minute: number): Effect[] {
  return runs
    .filter(({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute)
    .flatMap(({ incident, startMinute, endMinute }) =>
      incident.effects((minute - startMinute) / (endMinute - startMinute)),
    );
}

export function conditionsOf(
  demoFunction: DemoFunction,
  region: string,
  effects: readonly Effect[],
): Conditions {
  const mine = effects.filter(
    (effect) =>
      (effect.functions?.includes(demoFunction.name) ?? false) &&
      (effect.region === undefined || effect.region === region),
  );
  const product = (of: (effect: Effect) => number | undefined) =>
    mine.reduce((value, effect) => value * (of(effect) ?? 1), 1);
  const most = (of: (effect: Effect) => number | undefined) => Math.max(0, ...mine.map((e) => of(e) ?? 0));
  return {
    rateFactor: product(({ rateFactor }) => rateFactor),
    versions: versionsOf(demoFunction, mine),
    errors: errorsOf(demoFunction, mine),
    slower: product(({ slower }) => slower),
    coldSlower: product(({ coldSlower }) => coldSlower),
    recycledRatio: most(({ recycledRatio }) => recycledRatio),
    throttledRatio: most(({ throttledRatio }) => throttledRatio),
    oomRatio: most(({ oomRatio }) => oomRatio),
    attempts: mine.find(({ attempts }) => attempts !== undefined)?.attempts ?? null,
    lostRatio: most(({ lostRatio }) => lostRatio),
    dependencies: new Map(
      effects.flatMap(({ dependency }) => (dependency === undefined ? [] : [[dependency.name, dependency]])),
    ),
  };
}

function versionsOf(demoFunction: DemoFunction, mine: readonly Effect[]): readonly VersionShare[] {
  const release = mine.find((effect) => effect.release !== undefined)?.release;
  if (release === undefined) return demoFunction.versions;
  const kept = demoFunction.versions.map((one) => ({ ...one, share: one.share * (1 - release.share) }));
  return [...kept.filter(({ share }) => share > 0), release];
}

function errorsOf(demoFunction: DemoFunction, mine: readonly Effect[]): Conditions['errors'] {
  const added = mine.flatMap(({ errorRatio, onlyVersion, error }) =>
    errorRatio === undefined
      ? []
      : [{ ratio: errorRatio, onlyVersion: onlyVersion ?? null, ...(error ?? demoFunction.error) }],
  );
  return [{ ratio: demoFunction.errorRatio, onlyVersion: null, ...demoFunction.error }, ...added];
}
