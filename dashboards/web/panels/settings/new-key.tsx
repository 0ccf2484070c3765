import { useState } from 'preact/hooks';
import { Role } from '../../../../schemas/access.js';
import { CreatedApiKey } from '../../../../schemas/api-key.js';
import { send } from '../../browser/ask.js';
import type { Failure } from '../../panel-state.js';
import { apiUrl } from '../../view/view-state.js';
import { CodeBlock } from '../code-block.js';
import { Refusal } from '../refusal.js';

const about: Readonly<Record<Role, string>> = {
  ingest: 'may only send telemetry',
  viewer: 'reads everything',
  operator: 'also acknowledges, silences and changes objectives',
  admin: 'also manages keys',
};

/** Makes a key; its secret is shown this once. */
export function NewKey({ isFirst, created }: { isFirst: boolean; created: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('ingest');
  const [secret, setSecret] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wanted = isFirst ? 'admin' : role;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await send('POST', apiUrl('keys'), CreatedApiKey, { name, role: wanted });
    if (answer.kind === 'ok') {
      setSecret(answer.data.secret);
      setFailure(null);
      setName('');
      created();
    } else if (answer.kind === 'failed') setFailure(answer.failure);
  };
  return (
    <>
      <form className="new-key" onSubmit={submit}>
        <input
          type="text"
          aria-label="Who or what holds the new key"
          placeholder="Who or what holds it"
          autocomplete="off"
          maxLength={100}
          required
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <select
          className="facet"
          aria-label="Role of the new key"
          value={wanted}
          disabled={isFirst}
          onChange={({ currentTarget }) => setRole(Role.parse(currentTarget.value))}
        >
          {Role.options.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <button type="submit" className="button small">
          Make a key
        </button>
        <span className="aside">
          {isFirst ? 'The first key is an admin key; from then on everybody needs one.' : about[wanted]}
        </span>
      </form>
      {secret !== null && <CodeBlock label="The new key, shown this once" code={secret} />}
      <Refusal failure={failure} />
    </>
  );
}
