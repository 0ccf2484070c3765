import { useState } from 'preact/hooks';
import { ApiKey } from '../../../../schemas/api-key.js';
import { send } from '../../browser/ask.js';
import type { Failure } from '../../panel-state.js';
import { dateTime } from '../../view/clock-time.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';

/** Keys in force first; revoking asks once more. */
export function KeyList({ keys, changed }: { keys: readonly ApiKey[]; changed: () => void }) {
  const [asked, setAsked] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sorted = [...keys].sort(
    (one, other) =>
      Number(one.revokedAt !== null) - Number(other.revokedAt !== null) ||
      other.createdAt.getTime() - one.createdAt.getTime(),
  );
  const revoke = async (keyId: string) => {
    const answer = await send('DELETE', apiUrl(`keys/${encodeURIComponent(keyId)}`), ApiKey);
    setAsked(null);
    setFailure(answer.kind === 'failed' ? answer.failure : null);
    changed();
  };
  return (
    <>
      <Refusal failure={failure} />
      <table className="debug-table key-table">
        <caption className="unseen">API keys, those in force first</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="role-column">
              Role
            </th>
            <th scope="col" className="wide-only">
              Created
            </th>
            <th scope="col" className="wide-only">
              Last used
            </th>
            <th scope="col" className="act-column">
              <span className="unseen">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ keyId, name, role, createdAt, lastUsedAt, revokedAt }) => (
            <tr key={keyId} data-revoked={revokedAt !== null}>
              <th scope="row" title={keyId}>
                <bdi>{name}</bdi>
              </th>
              <td className="role-column">{role}</td>
              <td className="wide-only">{dateTime(createdAt.getTime())}</td>
              <td className="wide-only">
                {lastUsedAt === null ? 'not since the start' : dateTime(lastUsedAt.getTime())}
              </td>
              <td className="act-column">
                {revokedAt !== null ? (
                  'revoked'
                ) : asked === keyId ? (
                  <button type="button" className="button small danger" onClick={() => revoke(keyId)}>
                    Really revoke
                  </button>
                ) : (
                  <button
                    type="button"
                    className="button small"
                    aria-label={`Revoke ${name}`}
                    onClick={() => setAsked(keyId)}
                  >
                    Revoke
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
