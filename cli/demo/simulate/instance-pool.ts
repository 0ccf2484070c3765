import type { DemoFunction } from '../fleet/demo-function.js';
import { streams } from './arrivals.js';
import { Random, wordOf } from './random.js';

/** Platforms replace a busy instance after hours, even when it is never idle. */
const lifetimeMinutes = 140;

type Slot = { freeAtUs: number; id: string; skewUs: number };
type PlaceContext = {
  seed: number;
  minute: number;
  function: DemoFunction;
  region: string;
  version: string;
  /** Mean runs a minute in this place at this time. */
  perMinute: number;
  recycledRatio: number;
};

/**
 * The instances of one function, region and version during one minute. Which of them are warm when it begins is told by
 * the rate alone and not by the minutes before, so that a minute can be made by itself: as many as the usual load keeps
 * busy, each unless nothing came for as long as the platform keeps it.
 */
export class InstancePool {
  readonly #context: PlaceContext;
  readonly #warmSlots: number;
  readonly #random: Random;
  readonly #slots: Slot[] = [];

  constructor(context: PlaceContext) {
    this.#context = context;
    const { function: demoFunction, perMinute, seed, minute, region, version } = context;
    this.#random = new Random(
      seed,
      wordOf(`${demoFunction.name} ${region} ${version}`),
      minute,
      streams.instances,
    );
    const busy = (perMinute * demoFunction.run.medianMs * 1.5) / 60_000;
    const wasUsed = 1 - Math.exp(-perMinute * demoFunction.keepAliveMinutes);
    this.#warmSlots = this.#random.chance(wasUsed) ? Math.ceil(busy + 3 * Math.sqrt(busy)) + 1 : 0;
  }

  /** An instance that is free at this time; the caller says later until when it is busy. */
  take(startUs: number): { slot: Slot; isCold: boolean } {
    const free = this.#slots.find(({ freeAtUs }) => freeAtUs <= startUs);
    if (free !== undefined) {
      if (this.#context.recycledRatio > 0 && this.#random.chance(this.#context.recycledRatio)) {
        Object.assign(free, this.#fresh());
        return { slot: free, isCold: true };
      }
      return { slot: free, isCold: false };
    }
    const number = this.#slots.length;
    const isWarm =
      number < this.#warmSlots && !this.#random.chance(this.#context.recycledRatio + 0.2 / lifetimeMinutes);
    const slot = isWarm ? this.#longLived(number) : this.#fresh();
    this.#slots.push(slot);
    return { slot, isCold: !isWarm };
  }

  #longLived(number: number): Slot {
    const { seed, minute, function: demoFunction, region, version } = this.#context;
    const generation = Math.floor((minute + number * 17) / lifetimeMinutes);
    const place = wordOf(`${demoFunction.name} ${region} ${version} ${number}`);
    return slotOf(new Random(seed, place, generation, streams.instances));
  }

  #fresh(): Slot {
    return slotOf(this.#random);
  }
}

function slotOf(random: Random): Slot {
  const id = random.hex(16);
  const kind = random.unit();
  // Most machines are right to the millisecond; a few are off, by up to two seconds.
  const spreadUs = kind < 0.9 ? 500 : kind < 0.99 ? 150_000 : 2_000_000;
  return { freeAtUs: 0, id, skewUs: Math.round((random.unit() * 2 - 1) * spreadUs) };
}

export function pickShare<Share extends { share: number }>(random: Random, list: readonly Share[]): Share {
  let left = random.unit();
  for (const one of list) {
    left -= one.share;
    if (left < 0) return one;
  }
  const last = list.at(-1);
  if (last === undefined) throw new Error('There is nothing to pick from');
  return last;
}
