import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';

export type TemplateFunction = (...args: unknown[]) => unknown;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Go's idea of empty: false, 0, "", nil, and containers without elements. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`expected a string, got ${JSON.stringify(value)}`);
  return value;
}

function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Error(`expected a whole number, got ${JSON.stringify(value)}`);
  }
  return value;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${JSON.stringify(value)}`);
  return value;
}

function record(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new Error(`expected a map, got ${JSON.stringify(value)}`);
  return value;
}

function indent(width: unknown, value: unknown): string {
  const pad = ' '.repeat(integer(width));
  return pad + text(value).replaceAll('\n', `\n${pad}`);
}

function lookUp(value: unknown, ...keys: unknown[]): unknown {
  let found = value;
  for (const key of keys) {
    if (!isRecord(found) || !(text(key) in found)) throw new Error(`there is no ${String(key)}`);
    found = found[text(key)];
  }
  return found;
}

function dict(...pairs: unknown[]): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (let at = 0; at < pairs.length; at += 2) made[text(pairs[at])] = pairs[at + 1];
  return made;
}

function formatted(format: unknown, ...values: unknown[]): string {
  return text(format).replace(/%s/g, () => text(values.shift()));
}

/** The functions of Go templates, Sprig and Helm that the chart uses; any other name is an error. */
export const templateFunctions: Record<string, TemplateFunction> = {
  and: (...values) => values.find(isEmpty) ?? values.at(-1),
  append: (items, item) => [...list(items), item],
  contains: (part, whole) => text(whole).includes(text(part)),
  default: (fallback, value) => (isEmpty(value) ? fallback : value),
  dict,
  eq: (left, right) => isDeepStrictEqual(left, right),
  fail: (message) => {
    throw new Error(text(message));
  },
  fromYaml: (source) => record(parse(text(source))),
  fromYamlArray: (source) => list(parse(text(source))),
  gt: (left, right) => integer(left) > integer(right),
  index: lookUp,
  int: integer,
  list: (...items) => items,
  // Like Sprig's: what the first map holds stays.
  merge: (target, source) => Object.assign(record(target), { ...record(source), ...record(target) }),
  nindent: (width, value) => `\n${indent(width, value)}`,
  not: (value) => isEmpty(value),
  or: (...values) => values.find((value) => !isEmpty(value)) ?? values.at(-1),
  printf: formatted,
  quote: (value) => JSON.stringify(String(value)),
  sha256sum: (value) => createHash('sha256').update(text(value)).digest('hex'),
  toJson: (value) => JSON.stringify(value),
  toYaml: (value) => stringify(value, { lineWidth: 0 }).replace(/\n$/, ''),
  trimSuffix: (suffix, value) =>
    text(value).endsWith(text(suffix)) ? text(value).slice(0, -text(suffix).length) : value,
  trunc: (length, value) => text(value).slice(0, integer(length)),
};
