import { createHash } from 'node:crypto';
import type { Tenant } from '../../schemas/access.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';

/** An objective as the ledger keeps it. */
export type LedgerSlo = {
  tenant: Tenant;
  /** What is counted; see `shapeOf`. */
  shape: string;
  /** The version since which it has counted this without a break. */
  since: number;
  definition: SloDefinition;
  /** Of a composite, what its parts count: other parts make another history. Else empty. */
  parts: string;
};

/** Names the run of minutes that a fill completes: one that begins anew is filled anew. */
export function seriesOf({ definition, shape, since, parts }: LedgerSlo): string {
  return `${definition.id} ${shape} ${since}${parts === '' ? '' : ` ${parts}`}`;
}

/** Names what the parts of each composite count. */
export function withParts(slos: readonly Omit<LedgerSlo, 'parts'>[]): LedgerSlo[] {
  const byId = new Map(slos.map((slo) => [slo.definition.id, slo]));
  return slos.map((slo) => {
    const { sli } = slo.definition;
    if (sli.kind !== 'composite') return { ...slo, parts: '' };
    const told = sli.of.map(({ slo: id }) => {
      const part = byId.get(id);
      return part === undefined ? id : `${id} ${part.shape} ${part.since}`;
    });
    return { ...slo, parts: createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 8) };
  });
}

/** Some objectives and those that composites among them are made of. */
export function andTheirParts(some: readonly LedgerSlo[], all: readonly LedgerSlo[]): LedgerSlo[] {
  const ids = new Set(
    some.flatMap(({ definition: { sli } }) => (sli.kind === 'composite' ? sli.of.map(({ slo }) => slo) : [])),
  );
  const known = new Set(some.map(({ definition }) => definition.id));
  return [...some, ...all.filter(({ definition: { id } }) => ids.has(id) && !known.has(id))];
}
