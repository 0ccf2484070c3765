/** One thing the doctor looked at. `do` is the remedy; null when there is nothing to do. */
export type Check = {
  name: string;
  status: 'ok' | 'warn' | 'fail';
  says: string;
  do: string | null;
};

export function ok(name: string, says: string): Check {
  return { name, status: 'ok', says, do: null };
}

export function warn(name: string, says: string, remedy: string): Check {
  return { name, status: 'warn', says, do: remedy };
}

export function fail(name: string, says: string, remedy: string): Check {
  return { name, status: 'fail', says, do: remedy };
}

export function worstStatus(checks: readonly Check[]): Check['status'] {
  if (checks.some(({ status }) => status === 'fail')) return 'fail';
  return checks.some(({ status }) => status === 'warn') ? 'warn' : 'ok';
}
