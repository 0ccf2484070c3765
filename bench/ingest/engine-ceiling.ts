import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import type { SegmentFile, Warehouse } from '../../warehouse/warehouse.js';

/** Enough for the engine to get into its stride. */
const keptSegments = 12;

const COUNT = 'SELECT count() AS spans FROM spans';
const Count = z.object({ spans: z.coerce.number() });

/** Keeps row files of a run, so that the engine can be given the same rows once more with nothing else going on. */
export class EngineCeiling {
  readonly #warehouse: Warehouse;
  readonly #directory: string;
  /** The files of each segment, which go in together as the spool does it. */
  readonly #kept = new Map<string, SegmentFile[]>();

  constructor(warehouse: Warehouse, directory: string) {
    this.#warehouse = warehouse;
    this.#directory = directory;
  }

  /** Before the segment is inserted and its file removed. */
  async keep(segment: SegmentFile): Promise<void> {
    const name = segment.token.slice(0, segment.token.lastIndexOf('-'));
    const files = this.#kept.get(name) ?? [];
    if (files.length === 0 && this.#kept.size >= keptSegments) return;
    const kept = { ...segment, path: join(this.#directory, segment.token), token: `again-${segment.token}` };
    this.#kept.set(name, [...files, kept]);
    await mkdir(this.#directory, { recursive: true });
    await link(segment.path, kept.path);
  }

  async measure(): Promise<{ spansPerSecond: number; cpuSecondsPerMillion: number }> {
    const before = await this.#spans();
    const cpuBefore = process.cpuUsage();
    const startedMs = performance.now();
    for (const files of this.#kept.values()) {
      await Promise.all(files.map((file) => this.#warehouse.insertSegment(file, {})));
    }
    const elapsedMs = performance.now() - startedMs;
    const { user, system } = process.cpuUsage(cpuBefore);
    const spans = (await this.#spans()) - before;
    return { spansPerSecond: (spans / elapsedMs) * 1000, cpuSecondsPerMillion: (user + system) / spans };
  }

  async #spans(): Promise<number> {
    const [row] = await this.#warehouse.query(COUNT, {}, Count);
    return row?.spans ?? 0;
  }
}
