import type { ClassificationSettings, SenderRule } from '../../../schemas/config/classification.js';
import type { Invocation } from '../invocation.js';
import type { AttributeReader } from '../known-keys.js';
import { firstText, type ReadKey, readKey } from '../read-key.js';
import { type SpanFacts, spanKinds } from '../span-facts.js';
import { assignText, type MappedField } from './assign-text.js';
import { matchesAny, matchesGlob } from './glob.js';

/** What the configuration says about the spans of one resource. */
export type Sender = {
  /** Null: no names, no kinds; the platform's own judgement holds. */
  counts: ((span: SpanFacts) => boolean) | null;
  ignores: ((span: SpanFacts) => boolean) | null;
  fill: (invocation: Invocation, resource: AttributeReader, span: SpanFacts) => void;
};

type Compiled = {
  rule: SenderRule;
  matches: (resource: AttributeReader, service: string) => boolean;
};

/** Finds the rules for a resource and makes one of them, once for each set of rules. */
export class SenderRules {
  readonly #rules: readonly Compiled[];
  readonly #merged = new Map<string, Sender>();

  constructor(rules: ClassificationSettings['senders']) {
    this.#rules = rules.map((rule) => ({ rule, matches: matcher(rule) }));
  }

  of(resource: AttributeReader, service: string): Sender | null {
    const matching = this.#rules.filter(({ matches }) => matches(resource, service));
    if (matching.length === 0) return null;
    const key = matching.map((one) => this.#rules.indexOf(one)).join();
    const known = this.#merged.get(key);
    if (known !== undefined) return known;
    const sender = merge(matching.map(({ rule }) => rule));
    this.#merged.set(key, sender);
    return sender;
  }
}

function matcher({ services, resource: wanted = {} }: SenderRule): Compiled['matches'] {
  const attributes = Object.entries(wanted).map(([name, pattern]) => ({ key: readKey(name), pattern }));
  return (resource, service) =>
    (services === undefined || matchesAny(services, service)) &&
    attributes.every(({ key, pattern }) => {
      const text = firstText(resource, [key]);
      return text !== null && matchesGlob(pattern, text);
    });
}

function merge(rules: readonly SenderRule[]): Sender {
  const ignored = rules.flatMap(({ ignore = [] }) => ignore);
  const counts = rules.flatMap(({ count }) => (count === undefined ? [] : [counter(count)]));
  const reads = firstOfEach(rules.map(({ read }) => read ?? {})).map(([field, keys]) => ({
    assign: assignText[field],
    keys: keys.map(readKey),
  }));
  const constants = firstOfEach(rules.map(({ set }) => set ?? {})).map(([field, text]) => ({
    assign: assignText[field],
    text,
  }));
  return {
    ignores: ignored.length === 0 ? null : (span) => matchesAny(ignored, span.name()),
    counts: counts.length === 0 ? null : (span) => counts.some((one) => one(span)),
    fill: (invocation, resource, span) => {
      for (const { assign, text } of constants) assign(invocation, text, span);
      for (const { assign, keys } of reads) {
        const text = spanFirst(span.attributes, resource, keys);
        if (text !== null) assign(invocation, text, span);
      }
    },
  };
}

function counter({ names, kinds }: NonNullable<SenderRule['count']>): (span: SpanFacts) => boolean {
  const numbers = kinds?.map((kind) => spanKinds[kind]);
  return (span) =>
    numbers?.some((kind) => kind === span.kind) !== false &&
    (names === undefined || matchesAny(names, span.name()));
}

/** Of what several rules say about a field, the first. */
function firstOfEach<Value>(
  sayings: readonly Partial<Record<MappedField, Value | undefined>>[],
): [MappedField, Value][] {
  const found = new Map<MappedField, Value>();
  for (const said of sayings) {
    for (const field of mappedFields) {
      const value = said[field];
      if (value !== undefined && !found.has(field)) found.set(field, value);
    }
  }
  return [...found];
}

const mappedFields = Object.keys(assignText).filter((name): name is MappedField => name in assignText);

/** What a span says about itself is nearer than what its process says about all of them. */
function spanFirst(
  attributes: AttributeReader,
  resource: AttributeReader,
  keys: readonly ReadKey[],
): string | null {
  return firstText(attributes, keys) ?? firstText(resource, keys);
}
