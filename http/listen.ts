import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '../schemas/startup-error.js';
import { watchUnusedSockets } from './unused-sockets.js';

/** Any fastify app, whatever its types: the web port's and the receivers'. */
type Listenable = {
  server: Server;
  listen: (options: { host: string; port: number }) => Promise<string>;
  close: () => PromiseLike<unknown>;
};

type ListenOptions = {
  host: string;
  /** 0 lets the system pick a free one. */
  port: number;
  /** The setting a reader must change when this address cannot be had. */
  settingName: string;
};

export type Listening = {
  host: string;
  port: number;
  url: string;
  /** Stops accepting, lets requests in flight finish, and cuts what is still open after the deadline. */
  close: (deadlineMs: number) => Promise<'drained' | 'cut'>;
};

/** Opens the port, or says in one sentence why it cannot and which setting to change. */
export async function listen(
  app: Listenable,
  { host, port, settingName }: ListenOptions,
): Promise<Listening> {
  const unused = watchUnusedSockets(app.server);
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error, `${hostText(host)}:${port}`, settingName) ?? error;
  }
  const address = app.server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    host,
    port: boundPort,
    url: `http://${hostText(host)}:${boundPort}`,
    close: (deadlineMs) => {
      unused.destroyAll();
      return close(app, deadlineMs);
    },
  };
}

async function close(app: Listenable, deadlineMs: number): Promise<'drained' | 'cut'> {
  const closing = Promise.resolve(app.close()).then(() => 'drained' as const);
  // A kept-alive connection whose last answer began before the drain would idle until its own timeout.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 25);
  const timer = new AbortController();
  const deadline = delay(deadlineMs, 'cut' as const, { signal: timer.signal });
  try {
    const outcome = await Promise.race([closing, deadline]);
    if (outcome === 'cut') {
      app.server.closeAllConnections();
      await closing;
    }
    return outcome;
  } finally {
    clearInterval(sweep);
    timer.abort();
    await deadline.catch(() => undefined);
  }
}

/** The sentence for an address that cannot be had; null when the error is about something else. */
export function listenError(error: unknown, place: string, settingName: string): StartupError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const remedy = `set ${settingName} to another host:port`;
  const sentences: Record<string, string> = {
    EADDRINUSE: `${place} is already in use by another program: stop it, or ${remedy}.`,
    EACCES: `The system does not allow this user to listen on ${place}: ports below 1024 need a privilege, so ${remedy}.`,
    EADDRNOTAVAIL: `${place} is not an address of this machine: ${remedy}.`,
    ENOTFOUND: `The host name in ${place} is not known here: ${remedy}.`,
    EAI_AGAIN: `The host name in ${place} cannot be resolved right now: ${remedy}, an IP address for instance.`,
  };
  const sentence = typeof code === 'string' ? sentences[code] : undefined;
  return sentence === undefined ? null : new StartupError(sentence, { cause: error });
}

/** IPv6 addresses are written in brackets where a port follows. */
export function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
