import type { FilterRow } from '../../schemas/slo/filter/holds.js';

/** An invocation of which nothing was told but what a test says. */
export function filterRow(told: Partial<FilterRow>): FilterRow {
  return {
    function: 'f',
    environment: 'prod',
    version: null,
    alias: null,
    region: null,
    team: null,
    provider: null,
    platform: null,
    account: null,
    arch: null,
    trigger: null,
    outcome: 'ok',
    errorType: null,
    errorMessage: null,
    product: null,
    feature: null,
    customer: null,
    durationMs: 0,
    initMs: null,
    eventAgeMs: null,
    httpStatus: null,
    memoryMb: null,
    memoryUsedMb: null,
    memoryUsedRatio: null,
    payloadBytes: null,
    attempt: 1,
    cold: false,
    duplicate: false,
    superseded: false,
    attributes: {},
    tags: {},
    ...told,
  };
}
