import { type ApiTarget, callApi } from '../../http/call-api.js';
import { ApiKey, ApiKeys, CreatedApiKey } from '../../schemas/api-key.js';
import { ProblemError } from '../../schemas/problem.js';
import type { KeyAdmin } from './key-admin.js';

/** Administers keys through a running server, which holds the data directory for itself. */
export function remoteKeyAdmin(target: ApiTarget): KeyAdmin {
  return {
    create: (wanted) => callApi(target, { method: 'POST', path: 'keys', body: wanted }, CreatedApiKey),
    list: async () => (await callApi(target, { method: 'GET', path: 'keys' }, ApiKeys)).keys,
    revoke: async (keyId) => {
      try {
        return await callApi(target, { method: 'DELETE', path: `keys/${encodeURIComponent(keyId)}` }, ApiKey);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    },
  };
}
