import type { DemoFunction } from '../fleet/demo-function.js';
import { rhythmFactor } from '../fleet/rhythm.js';
import type { Effect } from '../incidents/incident.js';
import { type Arrival, fromOutside } from './arrival.js';
import { outsideArrivals, streams } from './arrivals.js';
import { type Conditions, conditionsOf, effectsIn } from './conditions.js';
import { nextAttempt, secondDelivery, startedBy } from './follow-ups.js';
import { InstancePool, pickShare } from './instance-pool.js';
import type { DemoInvocation } from './invocation.js';
import { Random, wordOf } from './random.js';
import { type Place, runOnce } from './run-once.js';
import { type Made, settleCalls } from './settle-calls.js';
import type { World } from './world.js';

/**
 * Everything that comes of the events of one minute (counted from the epoch): their runs, and the runs those start,
 * which may begin some minutes later. It needs no other minute, so minutes can be made in any order.
 */
export function simulateMinute(world: World, minute: number): DemoInvocation[] {
  const effects = effectsIn(world.incidents, minute);
  const inbox = new Map<string, Arrival[]>();
  const made: Made[] = [];
  for (const demoFunction of world.fleet.functions) {
    const ofFunction = new FunctionMinute(world, demoFunction, minute, effects);
    const called = (inbox.get(demoFunction.name) ?? []).sort((a, b) => a.atUs - b.atUs);
    for (const one of ofFunction.play(called)) {
      made.push(one);
      for (const { to, arrival } of ofFunction.starts(one.invocation)) {
        const waiting = inbox.get(to);
        if (waiting === undefined) inbox.set(to, [arrival]);
        else waiting.push(arrival);
      }
    }
  }
  settleCalls(made);
  return made.map(({ invocation }) => invocation);
}

/** One function during the events of one minute: its places, their instances and what holds there. */
class FunctionMinute {
  readonly #world: World;
  readonly #function: DemoFunction;
  readonly #minute: number;
  readonly #effects: readonly Effect[];
  readonly #word: number;
  readonly #pools = new Map<string, InstancePool>();
  readonly #conditions = new Map<string, Conditions>();
  readonly #follow: Random;
  #runs = 0;

  constructor(world: World, demoFunction: DemoFunction, minute: number, effects: readonly Effect[]) {
    this.#world = world;
    this.#function = demoFunction;
    this.#minute = minute;
    this.#effects = effects;
    this.#word = wordOf(demoFunction.name);
    this.#follow = new Random(world.seed, this.#word, minute, streams.followUps);
  }

  /** Runs from outside and those other functions asked for, then further attempts until nobody tries again. */
  play(called: readonly Arrival[]): Made[] {
    const region = this.#function.regions[0]?.region ?? '';
    const { rateFactor } = this.#conditionsIn(region);
    const outside = outsideArrivals(this.#world, this.#function, this.#minute, rateFactor);
    const made: Made[] = [];
    let round: Arrival[] = [...outside.map(fromOutside), ...called].sort((a, b) => a.atUs - b.atUs);
    while (round.length > 0) {
      const further: Arrival[] = [];
      for (const arrival of round) {
        const invocation = this.#run(arrival);
        made.push({ invocation, caller: arrival.caller });
        const again = nextAttempt(invocation, this.#conditionsIn(invocation.region), this.#follow);
        if (again !== null) further.push(again);
        const twice = arrival.isDuplicate ? null : secondDelivery(invocation, this.#follow);
        if (twice !== null) further.push(twice);
      }
      round = further.sort((a, b) => a.atUs - b.atUs);
    }
    return made;
  }

  starts(invocation: DemoInvocation): { to: string; arrival: Arrival }[] {
    // A second delivery is recognised by the function and starts nothing.
    if (this.#function.calls.length === 0 || invocation.isDuplicate) return [];
    return startedBy(invocation, this.#follow);
  }

  #run(arrival: Arrival): DemoInvocation {
    const random = new Random(this.#world.seed, this.#word, this.#minute, streams.runs, this.#runs++);
    const drawn = pickShare(random, this.#function.regions).region;
    const isThere = this.#function.regions.some(({ region }) => region === arrival.region);
    const region = isThere && arrival.region !== null ? arrival.region : drawn;
    const conditions = this.#conditionsIn(region);
    const { version, alias, share } = pickShare(random, conditions.versions);
    const place: Place = { region, version, alias };
    const pool = this.#poolAt(place, share, conditions);
    return runOnce(this.#function, place, arrival, { conditions, pool, random });
  }

  #conditionsIn(region: string): Conditions {
    const known = this.#conditions.get(region);
    if (known !== undefined) return known;
    const conditions = conditionsOf(this.#function, region, this.#effects);
    this.#conditions.set(region, conditions);
    return conditions;
  }

  #poolAt({ region, version }: Place, versionShare: number, conditions: Conditions): InstancePool {
    const key = `${region} ${version}`;
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const { name, regions, rhythm } = this.#function;
    const regionShare = regions.find((one) => one.region === region)?.share ?? 1;
    const expected = (this.#world.expected.get(name) ?? 0) * rhythmFactor(rhythm, this.#minute);
    const pool = new InstancePool({
      seed: this.#world.seed,
      minute: this.#minute,
      function: this.#function,
      region,
      version,
      perMinute: expected * regionShare * versionShare,
      recycledRatio: conditions.recycledRatio,
    });
    this.#pools.set(key, pool);
    return pool;
  }
}
