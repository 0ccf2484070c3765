/** What a filter can speak of: the fields of one invocation, and what kind of value each has. */
export const filterFields = {
  function: 'text',
  environment: 'text',
  version: 'text',
  alias: 'text',
  region: 'text',
  team: 'text',
  provider: 'text',
  platform: 'text',
  account: 'text',
  arch: 'text',
  trigger: 'text',
  outcome: 'text',
  errorType: 'text',
  errorMessage: 'text',
  product: 'text',
  feature: 'text',
  customer: 'text',
  durationMs: 'number',
  initMs: 'number',
  eventAgeMs: 'number',
  httpStatus: 'number',
  memoryMb: 'number',
  memoryUsedMb: 'number',
  memoryUsedRatio: 'number',
  payloadBytes: 'number',
  attempt: 'number',
  cold: 'flag',
  duplicate: 'flag',
  superseded: 'flag',
} as const satisfies Record<string, 'text' | 'number' | 'flag'>;

export type FilterField = keyof typeof filterFields;

export const fieldNames: readonly string[] = Object.keys(filterFields);

export function isFilterField(name: string): name is FilterField {
  return Object.hasOwn(filterFields, name);
}
