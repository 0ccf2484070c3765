import type { Config, Settings } from './config.js';
import type { SettingPath } from './problem.js';
import { resolveReceiver } from './resolve-receiver.js';
import { Secret } from './secret.js';
import type { SecretSource } from './secret-source.js';

/** What the edge found when asked for a secret's file. */
export type SecretFile = { kind: 'text'; text: string } | { kind: 'unreadable'; reason: string };

export type SecretLookups = {
  env: Readonly<Record<string, string | undefined>>;
  readSecretFile: (path: string) => SecretFile;
};

export type SecretProblem = { path: SettingPath; says: string };

/** Shorter ones can be guessed offline from a signed cookie. */
const leastSecretLength = 32;

/** Replaces every reference by the secret it points at. */
export function resolveSecrets(
  settings: Settings,
  lookups: SecretLookups,
): { config: Config; problems: SecretProblem[] } {
  const problems: SecretProblem[] = [];
  const find = (source: SecretSource, path: SettingPath): Secret => {
    const found = look(source, lookups);
    if (found instanceof Secret) return found;
    problems.push({ path, says: found });
    return new Secret('');
  };
  const { access, alerting, clickhouse, telemetry } = settings;
  const password =
    clickhouse.password === null ? null : find(clickhouse.password, ['clickhouse', 'password']);
  const sessionSecret =
    access.sessionSecret === null ? null : find(access.sessionSecret, ['access', 'sessionSecret']);
  if (sessionSecret !== null && sessionSecret.reveal().length < leastSecretLength) {
    problems.push({
      path: ['access', 'sessionSecret'],
      says: `is shorter than ${leastSecretLength} characters`,
    });
  }
  const headers = Object.fromEntries(
    Object.entries(telemetry.headers).map(([name, source]) => [
      name,
      find(source, ['telemetry', 'headers', name]),
    ]),
  );
  const receivers = alerting.receivers.map((one, at) =>
    resolveReceiver(one, find, ['alerting', 'receivers', at]),
  );
  const config: Config = {
    ...settings,
    alerting: { ...alerting, receivers },
    access: { ...access, sessionSecret },
    clickhouse: { ...clickhouse, password },
    telemetry: { ...telemetry, headers },
  };
  return { config, problems };
}

function look(source: SecretSource, { env, readSecretFile }: SecretLookups): Secret | string {
  switch (source.kind) {
    case 'inline':
      return source.secret;
    case 'env': {
      const value = env[source.name];
      return value === undefined || value === ''
        ? `points at the environment name ${source.name}, which is not set`
        : new Secret(value);
    }
    case 'file': {
      const file = readSecretFile(source.path);
      if (file.kind === 'unreadable') return `points at ${source.path}, which cannot be read: ${file.reason}`;
      // Editors and `echo` end files with a newline that is no part of the secret.
      const value = file.text.replace(/\r?\n$/, '');
      return value === '' ? `points at ${source.path}, which is empty` : new Secret(value);
    }
  }
}
