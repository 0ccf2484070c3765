import { createServer } from 'node:net';
import { formatHostPort, type HostPort } from '../../../schemas/config/host-port.js';
import type { PortFacts } from '../verdicts/port.js';

const answerWithinMs = 1000;

/** Tries to listen there for a moment; if someone else does, asks whether it is a Coldburn. */
export async function measurePort(at: HostPort, fetchFrom: typeof fetch): Promise<PortFacts> {
  const code = await listenBriefly(at);
  if (code === null) return { kind: 'free' };
  if (code !== 'EADDRINUSE') return { kind: 'refused', code };
  return { kind: 'taken', by: (await isColdburn(at, fetchFrom)) ? 'coldburn' : 'other' };
}

function listenBriefly({ host, port }: HostPort): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** Our /healthz answers 200 {"status": "alive"}. */
async function isColdburn(at: HostPort, fetchFrom: typeof fetch): Promise<boolean> {
  const reachable = at.host === '0.0.0.0' ? '127.0.0.1' : at.host === '::' ? '::1' : at.host;
  const url = `http://${formatHostPort({ ...at, host: reachable })}/healthz`;
  // Not AbortSignal.timeout: its timer does not keep the process alive until the answer is given up.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), answerWithinMs);
  try {
    const answer = await fetchFrom(url, { signal: patience.signal, redirect: 'error' });
    const body: unknown = await answer.json();
    return (
      answer.ok && typeof body === 'object' && body !== null && 'status' in body && body.status === 'alive'
    );
  } catch {
    // Not HTTP, not JSON, or silent: whoever it is, it is not us.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
