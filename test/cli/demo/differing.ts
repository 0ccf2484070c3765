import { isDeepStrictEqual } from 'node:util';

export type Difference<Value> = { key: string; told: Value | undefined; expected: Value | undefined };

/** The first few that differ: thousands of rows in a message would hide the one that matters. */
export function differing<Value>(
  told: ReadonlyMap<string, Value>,
  expected: ReadonlyMap<string, Value>,
): Difference<Value>[] {
  return [...new Set([...told.keys(), ...expected.keys()])]
    .map((key) => ({ key, told: told.get(key), expected: expected.get(key) }))
    .filter((one) => !isDeepStrictEqual(one.told, one.expected))
    .slice(0, 10);
}
