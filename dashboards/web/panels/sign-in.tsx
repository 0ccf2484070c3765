import { useState } from 'preact/hooks';
import { signIn } from '../browser/ask.js';
import { Mark } from '../frame/mark.js';
import type { Failure } from '../panel-state.js';

/** Asks for an API key. It is sent once and kept by nobody but the browser's cookie jar. */
export function SignIn() {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key !== 'string' || key.trim() === '') return;
    setBusy(true);
    const refusal = await signIn(key.trim());
    setBusy(false);
    setFailure(refusal);
    // Everything on the page was refused, so everything is asked again.
    if (refusal === null) location.reload();
  };
  return (
    <section className="panel state sign-in" aria-labelledby="sign-in-title">
      <Mark size={40} />
      <h1 id="sign-in-title">Sign in</h1>
      <p>Use an API key with the role viewer, operator or admin.</p>
      <form onSubmit={submit}>
        <label htmlFor="key">API key</label>
        <input
          id="key"
          name="key"
          type="password"
          required
          autocomplete="current-password"
          placeholder="cbk_…"
          aria-describedby={failure === null ? undefined : 'sign-in-failure'}
        />
        <button type="submit" className="button primary" disabled={busy}>
          Sign in
        </button>
        {failure !== null && (
          <p id="sign-in-failure" className="state-message" role="alert">
            {failure.message}. {failure.remedy}
          </p>
        )}
      </form>
      <p className="aside">
        An admin creates keys with <code>coldburn token create</code>.
      </p>
    </section>
  );
}
