import type { Tenant } from '../../schemas/access.js';
import { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { shapeOf } from '../../schemas/slo/write-slo.js';

/** One event of the history of an objective. */
export type SloVersion = {
  tenant: Tenant;
  slo: string;
  version: number;
  event: 'put' | 'delete';
  definition: string;
  source: 'file' | 'api';
  author: string;
  at: Date;
};

export type CurrentSlo = {
  tenant: Tenant;
  id: string;
  version: number;
  source: 'file' | 'api';
  author: string;
  at: Date;
  definition: SloDefinition;
  shape: string;
  /** The version since which the same things are counted without a break. */
  since: number;
};

export type Folded = {
  current: CurrentSlo[];
  /** The highest version of every objective there ever was, deleted ones too. */
  lastVersions: ReadonlyMap<string, number>;
  /** Stored definitions that this program cannot read. */
  unreadable: { tenant: Tenant; id: string; version: number }[];
};

/** What a history, in order, comes to. */
export function foldVersions(versions: readonly SloVersion[]): Folded {
  const current = new Map<string, CurrentSlo>();
  const unreadable = new Map<string, Folded['unreadable'][number]>();
  const lastVersions = new Map<string, number>();
  for (const { event, definition: text, slo: id, ...rest } of versions) {
    const key = `${rest.tenant} ${id}`;
    lastVersions.set(key, rest.version);
    unreadable.delete(key);
    const previous = current.get(key);
    current.delete(key);
    if (event === 'delete') continue;
    const definition = readDefinition(text);
    if (definition === null) {
      unreadable.set(key, { tenant: rest.tenant, id, version: rest.version });
      continue;
    }
    const shape = shapeOf(definition);
    const since = previous?.shape === shape ? previous.since : rest.version;
    current.set(key, { ...rest, id, definition, shape, since });
  }
  return { current: [...current.values()], lastVersions, unreadable: [...unreadable.values()] };
}

export function readDefinition(text: string): SloDefinition | null {
  try {
    const parsed = SloDefinition.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
