const sane = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** Keeps the caller's id when it is safe to repeat in headers and logs, else makes one. */
export function requestIdFrom(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && sane.test(header) ? header : newId();
}
