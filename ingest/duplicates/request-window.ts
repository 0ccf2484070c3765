import type { Buffer } from 'node:buffer';
import { KeyTable } from './key-table.js';

/** Old keys are forgotten a part at a time, so that forgetting costs nothing. */
const parts = 4;

export type WindowLimits = {
  /** A key is known this long. */
  readonly keepMs: number;
  /** With more than this many, the oldest part is forgotten before its time. */
  readonly maxKeys: number;
};

/** Which keys were seen in [now - keepMs, now]. */
export class RequestWindow {
  readonly #limits: WindowLimits;
  /** Oldest first. */
  #tables: KeyTable[] = [];
  /** Keys forgotten before their time. */
  evicted = 0;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#tables.reduce((sum, { count }) => sum + count, 0);
  }

  has(key: Buffer, nowMs: number): boolean {
    return this.#tables.some((table) => {
      const atMs = table.atMs(key);
      return atMs !== null && atMs > nowMs - this.#limits.keepMs;
    });
  }

  add(key: Buffer, atMs: number, nowMs: number): void {
    const { keepMs, maxKeys } = this.#limits;
    if (atMs <= nowMs - keepMs) return;
    const partMs = Math.max(1, Math.ceil(keepMs / parts));
    const beganAtMs = Math.floor(atMs / partMs) * partMs;
    this.#tables = this.#tables.filter((table) => table.beganAtMs + partMs > nowMs - keepMs);
    let table = this.#tables.find((one) => one.beganAtMs === beganAtMs && one.count < maxKeys / parts);
    if (table === undefined) {
      table = new KeyTable(beganAtMs);
      this.#tables.push(table);
      this.#tables.sort((a, b) => a.beganAtMs - b.beganAtMs);
    }
    table.add(key, atMs);
    while (this.size > maxKeys) this.evicted += this.#tables.shift()?.count ?? 0;
  }
}
