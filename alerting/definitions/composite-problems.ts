import type { SloDefinition } from '../../schemas/slo/slo-definition.js';

export type CompositeProblem = { id: string; says: string };

/** What is wrong with the parts that composites name: such a part counts as nothing. */
export function compositeProblems(definitions: readonly SloDefinition[]): CompositeProblem[] {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  return definitions.flatMap(({ id, sli, per }) => {
    if (sli.kind !== 'composite') return [];
    return sli.of.flatMap(({ slo }) => {
      const part = byId.get(slo);
      if (part === undefined) return [{ id, says: `it names the objective "${slo}", which does not exist` }];
      if (part.sli.kind === 'composite')
        return [
          { id, says: `it names "${slo}", which is a composite itself; name what that one is made of` },
        ];
      if (per !== undefined && part.per !== per)
        return [
          { id, says: `there is one for each ${per}, and "${slo}" has none of each: give it per: ${per}` },
        ];
      return [];
    });
  });
}
