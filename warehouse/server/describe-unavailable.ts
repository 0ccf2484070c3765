import { StartupError } from '../../schemas/startup-error.js';
import { WarehouseError } from '../warehouse-error.js';
import { redactUrl } from './redact-url.js';

const credentialCodes: ReadonlySet<number> = new Set([192, 193, 194, 516]);
const unknownDatabase = 81;
const accessDenied = 497;

/** Why a server cannot be used, as one sentence with the way out; secrets in its URL are not repeated. */
export function describeUnavailable(error: unknown, url: string): StartupError {
  const where = `ClickHouse at ${redactUrl(url)}`;
  return new StartupError(`${where} ${explanation(error)}`, { cause: error });
}

function explanation(error: unknown): string {
  if (!(error instanceof WarehouseError))
    return `cannot be used (${String(error)}); check COLDBURN_CLICKHOUSE_URL.`;
  const { code, message } = error;
  if (code !== null && credentialCodes.has(code)) {
    return 'refused the user name or password; check COLDBURN_CLICKHOUSE_USER and COLDBURN_CLICKHOUSE_PASSWORD.';
  }
  if (code === 195)
    return "does not let this machine's address in; add it to the user's allowed hosts there.";
  if (code === unknownDatabase)
    return 'has no database of that name; create it or set COLDBURN_CLICKHOUSE_DATABASE.';
  if (code === accessDenied) return `does not grant what is needed (${message}); grant it to the user.`;
  if (code !== null) return `answered with an error (${message}); look at the server's log.`;
  return `cannot be reached (${message}); check COLDBURN_CLICKHOUSE_URL, and that the server runs.`;
}
