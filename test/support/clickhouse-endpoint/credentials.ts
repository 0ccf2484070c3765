import type { IncomingMessage } from 'node:http';

const user = 'default';

/** ClickHouse's own words for a wrong user or password, null when they are right. */
export function credentialsProblem(request: IncomingMessage, password: string): string | null {
  const [name, secret] = presented(request);
  if (name === user && secret === password) return null;
  return `Code: 516. DB::Exception: ${name}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`;
}

function presented(request: IncomingMessage): [string, string] {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Basic ')) {
    return [
      String(request.headers['x-clickhouse-user'] ?? ''),
      String(request.headers['x-clickhouse-key'] ?? ''),
    ];
  }
  const pair = Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return [pair.slice(0, colon), pair.slice(colon + 1)];
}
