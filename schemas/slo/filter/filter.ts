import type { FilterField } from './fields.js';

/** What is compared: a field of the invocation, or a text that may be missing, by its key. */
export type Operand =
  | { readonly kind: 'field'; readonly name: FilterField }
  | { readonly kind: 'attribute' | 'tag'; readonly key: string };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Literal = string | number | boolean;

/**
 * A condition on one invocation. It is true or false, never unknown: what is missing equals nothing, so `!=` and `not in`
 * hold of it and all other comparisons do not.
 */
export type Filter =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | {
      readonly kind: 'compare';
      readonly operand: Operand;
      readonly by: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Literal[] }
  | { readonly kind: 'like'; readonly operand: Operand; readonly glob: string }
  | { readonly kind: 'exists'; readonly operand: Operand };

/** Whether a filter asks for attributes, which stand on the span and not on the row. */
export function asksForAttributes(filter: Filter): boolean {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.parts.some(asksForAttributes);
    case 'not':
      return asksForAttributes(filter.of);
    default:
      return filter.operand.kind === 'attribute';
  }
}
