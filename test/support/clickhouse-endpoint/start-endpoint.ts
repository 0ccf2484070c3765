import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tempDir } from '../temp-dir.js';
import type { Fault } from './fault.js';
import { FromEndpoint, type ToEndpoint } from './messages.js';

const program = fileURLToPath(new URL('./endpoint.js', import.meta.url));
const patienceMs = 20_000;

export type Endpoint = {
  url: string;
  password: string;
  /** Arranges a fault for the next request of its sort. */
  plan: (fault: Fault) => Promise<void>;
  /** Ends the process as `kill -9` does. */
  kill: () => Promise<void>;
  /** Starts it again on the same directory and port. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

export async function startEndpoint(password = "pa'ss wörd"): Promise<Endpoint> {
  const dir = await tempDir();
  let { child, port } = await launch(dir.path, 0, password);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    password,
    plan: async (fault) => {
      const message: ToEndpoint = { fault };
      child.send(message);
      await next(child);
    },
    kill,
    restart: async () => {
      await kill();
      ({ child, port } = await launch(dir.path, port, password));
    },
    stop: async () => {
      await kill();
      await dir.remove();
    },
  };
}

async function launch(
  directory: string,
  wantedPort: number,
  password: string,
): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(program, [directory, String(wantedPort), password], { stdio: 'inherit' });
  const message = await next(child);
  if (!('port' in message)) throw new Error('The endpoint did not say its port first');
  return { child, port: message.port };
}

async function next(child: ChildProcess): Promise<FromEndpoint> {
  const told = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(patienceMs), told.signal]);
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`The endpoint ended with exit code ${code}`);
      }),
    ]);
    return FromEndpoint.parse(message);
  } finally {
    // Leaves no listener behind.
    told.abort();
  }
}
