import type { AttributeReader } from './known-keys.js';

/** 0 for what is no status. */
export function httpStatusOf(status: number | null): number {
  return status !== null && Number.isInteger(status) && status >= 100 && status <= 999 ? status : 0;
}

/** The status a span says it answered, under its present or its former name. */
export function httpStatus(attributes: AttributeReader): number {
  return httpStatusOf(
    attributes.number('http.response.status_code') ?? attributes.number('http.status_code'),
  );
}
