import type { DemoFunction, Fleet } from '../fleet/demo-function.js';
import type { Conditions } from '../simulate/conditions.js';

/** What waiting for called functions adds to a run: how often, how long (log-normal), and how often the answer is an error. */
export type Wait = { ratio: number; ms: number; sigma: number; failRatio: number; mostCalled: string };
export type ConditionsIn = (demoFunction: DemoFunction, region: string) => Conditions;

const none: Wait = { ratio: 0, ms: 0, sigma: 0, failRatio: 0, mostCalled: '' };
/** What the network adds. */
const answerMs = 3.5;

/** All calls over HTTP taken as one, with their means; a run that makes two of them waits for the slower in truth. */
export function waitOf(
  fleet: Fleet,
  { calls }: DemoFunction,
  region: string,
  conditionsIn: ConditionsIn,
): Wait {
  const made = calls
    .filter(({ via }) => via === 'http')
    .flatMap(({ to, ratio }) => {
      const called = fleet.functions.find(({ name }) => name === to);
      return called === undefined ? [] : [{ called, ratio }];
    });
  const ratio = 1 - made.reduce((product, one) => product * (1 - one.ratio), 1);
  const sum = made.reduce((total, one) => total + one.ratio, 0);
  const [first] = made;
  if (first === undefined || sum === 0) return none;
  let ms = 0;
  let failRatio = 0;
  for (const one of made) {
    const there = one.called.regions.find((place) => place.region === region) ?? one.called.regions[0];
    const conditions = conditionsIn(one.called, there?.region ?? '');
    const further = waitOf(fleet, one.called, there?.region ?? '', conditionsIn);
    const share = one.ratio / sum;
    ms += share * (answerMs + ownMs(one.called, conditions) + further.ratio * further.ms);
    failRatio += share * (failRatioOf(one.called, conditions) + further.ratio * further.failRatio);
  }
  return { ratio, ms, sigma: 0.4, failRatio, mostCalled: first.called.name };
}

function ownMs({ run, dependencies }: DemoFunction, { slower, dependencies: troubles }: Conditions): number {
  const waited = dependencies.map(
    ({ name, medianMs, ratio }) => medianMs * ratio * (troubles.get(name)?.slower ?? 1),
  );
  return waited.reduce((total, one) => total + one, run.medianMs * slower);
}

function failRatioOf({ dependencies }: DemoFunction, here: Conditions): number {
  const errors = here.errors.reduce((total, { ratio }) => total + ratio, 0);
  const ofDependencies = dependencies.map(({ name }) => here.dependencies.get(name)?.failureRatio ?? 0);
  return errors + here.throttledRatio + here.oomRatio + Math.max(0, ...ofDependencies);
}
