import { textFingerprint } from './fingerprint.js';
import { FingerprintSet } from './fingerprint-set.js';

/** While far from a limit, one item in so many is looked at. What slips by until then is less than the limit. */
export const lookedAtOneIn = 8;

/** The names as fingerprints, for a set in another thread. */
export type NamesState = { readonly today: Uint32Array; readonly yesterday: Uint32Array };

/**
 * Which names of one kind a tenant uses, at most so many new ones a day. What was let in yesterday is let in today, so
 * that a flood of made-up names never pushes out those in use; a set never holds more than twice the limit.
 */
export class DailyNames {
  readonly #limit: number;
  #day = 0;
  #today = new FingerprintSet();
  #yesterday = new FingerprintSet();
  #lastText = '';
  #isFilling: boolean;

  constructor(limit: number) {
    this.#limit = limit;
    this.#isFilling = this.#fills();
  }

  /** `day` is counted from 1970. */
  turnTo(day: number): void {
    if (day === this.#day) return;
    this.#yesterday = day === this.#day + 1 ? this.#today : new FingerprintSet();
    this.#today = new FingerprintSet();
    this.#lastText = '';
    this.#day = day;
    this.#isFilling = this.#fills();
  }

  get size(): number {
    return this.#today.size;
  }

  /** False while an eighth of the limit is not used up: then only one item in eight needs to be looked at. */
  get isFilling(): boolean {
    return this.#isFilling;
  }

  /** The empty text is no name. */
  admitsText(text: string): boolean {
    if (text === '' || text === this.#lastText) return true;
    if (!this.admits(textFingerprint(text))) return false;
    this.#lastText = text;
    return true;
  }

  /** `name` is a fingerprint. */
  admits(name: number): boolean {
    return this.#today.has(name) || this.#admitsNew(name);
  }

  state(): NamesState {
    return { today: this.#today.values(), yesterday: this.#yesterday.values() };
  }

  /** Adds what a set of the same day in another thread has let in; both together may pass the limit by one request. */
  learn({ today, yesterday }: NamesState): void {
    for (const name of today) this.#today.add(name);
    for (const name of yesterday) this.#yesterday.add(name);
    this.#isFilling = this.#fills();
  }

  #admitsNew(name: number): boolean {
    const { size } = this.#today;
    const isKnown = size < this.#limit * 2 && this.#yesterday.has(name);
    if (size >= this.#limit && !isKnown) return false;
    this.#today.add(name);
    this.#isFilling = this.#fills();
    return true;
  }

  #fills(): boolean {
    return this.#today.size >= Math.floor(this.#limit / lookedAtOneIn);
  }
}
