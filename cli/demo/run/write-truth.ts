import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { echoMinutes, incidentLines, truthLines, truthOf } from '../truth/truth-of.js';
import { type FleetPlan, minuteMs } from './fleet-run.js';
import type { IncidentBook } from './incident-book.js';
import { worldsAt } from './worlds-at.js';

const hourMinutes = 60;

/**
 * Writes what happened beside what was sent: `DIR/2026-11-20T11.jsonl` for the minutes of that hour, and
 * `DIR/incidents.jsonl`. A minute is written once nothing can begin in it any more.
 */
export class TruthWriter {
  readonly #directory: string;
  readonly #plan: FleetPlan;
  readonly #book: IncidentBook;
  /** The first minute of which anything is sent, and the first that is not written yet. */
  readonly #bornMinute: number;
  #nextMinute: number;

  constructor(directory: string, plan: FleetPlan, book: IncidentBook) {
    this.#directory = directory;
    this.#plan = plan;
    this.#book = book;
    this.#bornMinute = Math.floor(plan.startMs / minuteMs) - Math.ceil(plan.backfillMs / minuteMs);
    this.#nextMinute = this.#bornMinute;
  }

  /** Writes what is complete when everything before `sentMinute` was sent; all of it when nothing comes after. */
  async write(sentMinute: number, isLast: boolean): Promise<void> {
    const end = isLast ? sentMinute : sentMinute - echoMinutes;
    while (this.#nextMinute < end) {
      const hour = Math.floor(this.#nextMinute / hourMinutes);
      const toMinute = Math.min(end, (hour + 1) * hourMinutes);
      // Whole hours, unless it is the last part: making a minute means making those that echo in it.
      if (!isLast && toMinute % hourMinutes !== 0) return;
      await this.#writeMinutes(this.#nextMinute, toMinute);
      this.#nextMinute = toMinute;
    }
  }

  async #writeMinutes(fromMinute: number, toMinute: number): Promise<void> {
    const around = [fromMinute - echoMinutes, toMinute + 1] as const;
    // Truth is written only of what is made in one part.
    const [world] = worldsAt(this.#plan, this.#book.between(...around));
    if (world === undefined) return;
    const rows = truthOf(world, {
      fromMinute,
      toMinute,
      bornMinute: this.#bornMinute,
      ...(this.#plan.isLive ? {} : { bornEndMinute: Math.floor(this.#plan.startMs / minuteMs) }),
      rowMinutes: 1,
      byVersion: true,
    });
    await mkdir(this.#directory, { recursive: true });
    const hour = new Date(fromMinute * minuteMs).toISOString().slice(0, 13);
    await appendFile(join(this.#directory, `${hour}.jsonl`), truthLines(rows));
    const known = this.#book.between(this.#bornMinute, toMinute);
    await writeFile(join(this.#directory, 'incidents.jsonl'), incidentLines(known));
  }
}
