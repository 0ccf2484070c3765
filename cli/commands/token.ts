import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { KeyAdmin } from '../../access/keys/key-admin.js';
import type { ApiKey } from '../../schemas/api-key.js';
import { NewApiKey } from '../../schemas/api-key.js';
import { ProblemError, problemTable } from '../../schemas/problem.js';
import { StartupError } from '../../schemas/startup-error.js';
import { keyTable } from './token-table.js';

export const tokenUsage = [
  'token create --role ingest|viewer|operator|admin --name NAME [--tenant TENANT] [--json]',
  'token list [--json]',
  'token revoke KEYID [--json]',
  '  while the server runs with embedded ClickHouse, add: --url http://127.0.0.1:8080 [--key-file FILE | --key KEY]',
] as const;

export type OpenedKeyAdmin = { admin: KeyAdmin; close: () => Promise<void> };

export type TokenDeps = {
  io: { out(line: string): void; err(line: string): void };
  /** Opens the keys where they are stored; a StartupError says who holds the data directory. */
  openStored: () => Promise<OpenedKeyAdmin>;
  /** Reaches them through a running server; `key` is null when none was given. */
  connect: (url: string, key: string | null) => KeyAdmin;
  read: (path: string) => Promise<string>;
};

const options = {
  role: { type: 'string' },
  name: { type: 'string' },
  tenant: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  'key-file': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parse>['values'];

/** Creates, lists and revokes API keys. Exits 0 when done, 1 when refused or not found, 2 when called wrongly. */
export async function token(args: readonly string[], deps: TokenDeps): Promise<0 | 1 | 2> {
  const { io } = deps;
  const wrong = (sentence: string) => {
    for (const line of [sentence, ...tokenUsage]) io.err(line);
    return 2 as const;
  };
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values } = parsed;
  const [verb, keyId, ...rest] = parsed.positionals;
  const action = chooseAction(verb, keyId, values);
  if (typeof action === 'string' || rest.length > 0)
    return wrong(typeof action === 'string' ? action : `unexpected ${rest.join(' ')}`);
  if (values.url === undefined && (values.key !== undefined || values['key-file'] !== undefined))
    return wrong('--key and --key-file go with --url');
  if (values.url !== undefined && !URL.canParse(values.url)) return wrong(`--url ${values.url} is not a URL`);
  try {
    const opened = await open(values, deps);
    try {
      return await action(opened.admin, deps.io);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof StartupError) io.err(error.message);
    else if (error instanceof ProblemError) io.err(`${error.message} ${problemTable[error.code].remedy}`);
    else throw error;
    return 1;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

type Action = (admin: KeyAdmin, io: TokenDeps['io']) => Promise<0 | 1>;

/** What was asked for, or the sentence that says why it cannot be told. */
function chooseAction(verb: string | undefined, keyId: string | undefined, values: Values): Action | string {
  const { json, role, name, tenant } = values;
  switch (verb) {
    case 'create': {
      if (keyId !== undefined) return `unexpected ${keyId}`;
      const wanted = NewApiKey.safeParse({ role, name, ...(tenant === undefined ? {} : { tenant }) });
      if (!wanted.success) return z.prettifyError(wanted.error);
      return async (admin, io) => {
        const created = await admin.create(wanted.data);
        io.out(json ? JSON.stringify(created) : created.secret);
        const { key } = created;
        const whose = `${key.keyId} "${key.name}", role ${key.role}, tenant ${key.tenant}`;
        if (!json) io.err(`Created ${whose}. Keep it now: it is not shown again.`);
        return 0;
      };
    }
    case 'list':
      if (keyId !== undefined) return `unexpected ${keyId}`;
      return async (admin, io) => {
        const keys = await admin.list();
        if (json) io.out(JSON.stringify({ keys }));
        else for (const line of keyTable(keys)) io.out(line);
        return 0;
      };
    case 'revoke':
      if (keyId === undefined) return 'token revoke needs the KEYID that "token list" shows';
      return async (admin, io) => {
        const revoked: ApiKey | null = await admin.revoke(keyId);
        if (revoked === null) {
          io.err(`There is no key "${keyId}"; "coldburn token list" shows those there are.`);
          return 1;
        }
        io.out(json ? JSON.stringify(revoked) : `Revoked ${revoked.keyId} "${revoked.name}".`);
        return 0;
      };
    default:
      return verb === undefined ? 'token needs one of create, list, revoke' : `unknown: token ${verb}`;
  }
}

async function open(values: Values, { openStored, connect, read }: TokenDeps): Promise<OpenedKeyAdmin> {
  if (values.url === undefined) return openStored();
  const file = values['key-file'];
  const key = file === undefined ? (values.key ?? null) : (await read(file)).trim();
  return { admin: connect(values.url, key), close: async () => undefined };
}
