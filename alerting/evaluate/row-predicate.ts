import type { FilterField } from '../../schemas/slo/filter/fields.js';
import type { Filter, Operand } from '../../schemas/slo/filter/filter.js';
import { ratioOf } from '../../schemas/slo/percent.js';
import type { SliDefinition, SloDefinition } from '../../schemas/slo/slo-definition.js';

/** What an objective that looks at single runs asks of each: whether it counts, and whether it is good. */
export type RowPredicate = { index: number; counts: Filter; good: Filter };

/** Of those objectives that cannot be told from sums; `index` is that of the definition. */
export function rowPredicates(definitions: readonly SloDefinition[]): RowPredicate[] {
  return definitions.flatMap(({ sli, where }, index) => {
    const counted = sli.kind === 'time-slice' ? sli.of : sli;
    const tags = Object.entries(where.tags ?? {}).map(([key, globs]) => {
      return any(globs.map((glob) => like({ kind: 'tag', key }, glob)));
    });
    const asked = predicateOf(counted, tags.length > 0);
    return asked === null ? [] : [{ index, good: asked.good, counts: all([asked.counts, ...tags]) }];
  });
}

type Counted = Exclude<SliDefinition, { kind: 'time-slice' }>;
type Asked = { counts: Filter; good: Filter };

/** With tags, which sums are not kept by, every kind that is made of runs is asked of the runs themselves. */
function predicateOf(sli: Counted, isTagged: boolean): Asked | null {
  switch (sli.kind) {
    case 'custom':
      return { counts: sli.total?.filter ?? everything, good: sli.good.filter };
    case 'memory': {
      const share = field('memoryUsedRatio');
      return { counts: { kind: 'exists', operand: share }, good: under(share, ratioOf(sli.below)) };
    }
    case 'auth-failure':
      return {
        counts: everything,
        good: all([not(is('outcome', 'rejected')), not(oneOf('httpStatus', [401, 403]))]),
      };
    default:
      return isTagged ? taggedPredicate(sli) : null;
  }
}

function taggedPredicate(sli: Counted): Asked | null {
  const ok = is('outcome', 'ok');
  const ran = not(oneOf('outcome', ['throttled', 'rejected']));
  switch (sli.kind) {
    case 'success': {
      const counts = [
        ...(sli.count === 'requests' ? [not(is('superseded', true))] : []),
        ...(sli.coldStarts === 'excluded' ? [not(is('cold', true))] : []),
      ];
      return { counts: all(counts), good: ok };
    }
    case 'latency': {
      const fast = under(field('durationMs'), sli.under);
      const counts = [
        ran,
        ...(sli.failed === 'ignored' ? [ok] : []),
        ...(sli.coldStarts === 'excluded' ? [not(is('cold', true))] : []),
      ];
      return { counts: all(counts), good: all([ok, fast]) };
    }
    case 'error':
      return { counts: ran, good: not(oneOf('outcome', ['error', 'timeout', 'oom'])) };
    case 'timeout':
      return { counts: everything, good: not(is('outcome', 'timeout')) };
    case 'cold-start':
      return { counts: ran, good: not(is('cold', true)) };
    case 'duplicate':
      return { counts: everything, good: not(is('duplicate', true)) };
    case 'retry': {
      const again: Filter = { kind: 'compare', operand: field('attempt'), by: '>', value: 1 };
      return { counts: everything, good: any([not(again), is('duplicate', true)]) };
    }
    default:
      return null;
  }
}

const everything: Filter = { kind: 'all', parts: [] };

function field(name: FilterField): Operand {
  return { kind: 'field', name };
}
function is(name: FilterField, value: string | boolean): Filter {
  return { kind: 'compare', operand: field(name), by: '==', value };
}
function oneOf(name: FilterField, values: readonly (string | number)[]): Filter {
  return { kind: 'in', operand: field(name), values };
}
function under(operand: Operand, value: number): Filter {
  return { kind: 'compare', operand, by: '<', value };
}
function like(operand: Operand, glob: string): Filter {
  return { kind: 'like', operand, glob };
}
function not(of: Filter): Filter {
  return { kind: 'not', of };
}
function any(parts: readonly Filter[]): Filter {
  return { kind: 'any', parts };
}
function all(parts: readonly Filter[]): Filter {
  return { kind: 'all', parts };
}
