import { percentText } from '../../../../schemas/slo/percent.js';
import { periodText } from '../../../../schemas/slo/period.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';

/** Which runs count, dimension by dimension. */
export function whereText({ where, per }: SloDefinition): string {
  const { tags = {}, ...dimensions } = where;
  const parts = [
    ...Object.entries(dimensions),
    ...Object.entries(tags).map(([key, globs]) => [`tag ${key}`, globs] as const),
  ].map(([name, globs = []]) => `${name} ${globs.join(' or ')}`);
  const chosen = parts.length === 0 ? 'Every run' : parts.join(', ');
  return per === undefined ? chosen : `${chosen}, for each ${per}`;
}

export function promiseText({ objective, period }: SloDefinition): string {
  return `${percentText(objective)} over ${periodText(period)}`;
}
