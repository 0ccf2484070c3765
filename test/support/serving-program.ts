import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** The log line the program prints for each listener, when it knows its port. */
const ListeningLine = z.looseObject({
  msg: z.literal('listening'),
  name: z.enum(['http', 'otlpHttp', 'otlpGrpc']),
  url: z.string(),
});
type ListenerName = z.infer<typeof ListeningLine>['name'];

export type ServingProgram = {
  pid: number;
  urls: ReadonlyMap<ListenerName, string>;
  /** Everything printed so far, for the message of a failed assertion. */
  output: () => string;
  /** Sends SIGTERM and resolves with the exit code, or with null when it is still there after `graceMs`. */
  stop: (graceMs: number) => Promise<number | null>;
  /** Ends it as `kill -9` does; resolves when it is gone. */
  kill: () => Promise<void>;
};

function listeningLine(line: string): z.infer<typeof ListeningLine> | null {
  try {
    return ListeningLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Starts `serve` on free ports and resolves when every listener has said where it is. */
export async function startServing(
  entry: string,
  cwd: string,
  deadlineMs: number,
  env: Readonly<Record<string, string>> = {},
  listenerNames: readonly ListenerName[] = ['http', 'otlpHttp', 'otlpGrpc'],
  args: readonly string[] = [],
  /** A command that runs the rest of its arguments as its own process, such as one that lowers a limit. */
  launcher: readonly string[] = [],
): Promise<ServingProgram> {
  const anyPort = '127.0.0.1:0';
  const [command = process.execPath, ...rest] = [...launcher, process.execPath, entry, 'serve', ...args];
  const child = spawn(command, rest, {
    cwd,
    env: { COLDBURN_HTTP: anyPort, COLDBURN_OTLP_HTTP: anyPort, COLDBURN_OTLP_GRPC: anyPort, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  leaveNothing(child);
  const lines: string[] = [];
  const urls = new Map<ListenerName, string>();
  const allListening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const listening = listeningLine(line);
        if (listening !== null) urls.set(listening.name, listening.url);
        if (listenerNames.every((name) => urls.has(name))) resolve();
      });
    }
  });
  const output = () => lines.join('\n');
  const late = new AbortController();
  const outcome = await Promise.race([
    allListening.then(() => 'listening'),
    exited.then(([code]) => `it ended with code ${code}`),
    delay(deadlineMs, 'it did not say where it listens', { signal: late.signal }),
  ]);
  late.abort();
  if (outcome !== 'listening') {
    child.kill('SIGKILL');
    throw new Error(`coldburn serve: ${outcome}\n${output()}`);
  }
  return {
    pid: child.pid ?? 0,
    urls,
    output,
    stop: (graceMs) => stop(child, exited, graceMs),
    kill: () => kill(child),
  };
}

const running = new Set<ChildProcess>();

/** Takes the program along when this process ends, also when the test runner ends it because its time is over. */
function leaveNothing(child: ChildProcess): void {
  if (running.size === 0) {
    process.once('exit', killRunning);
    process.once('SIGTERM', endForSignal);
  }
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size > 0) return;
    process.off('exit', killRunning);
    process.off('SIGTERM', endForSignal);
  });
}

function killRunning(): void {
  for (const child of running) child.kill('SIGKILL');
}

function endForSignal(): void {
  process.exit(143);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function stop(
  child: ChildProcess,
  exited: Promise<unknown[]>,
  graceMs: number,
): Promise<number | null> {
  const late = new AbortController();
  child.kill('SIGTERM');
  const code = await Promise.race([
    exited.then(([exitCode]) => z.int().nullable().parse(exitCode)),
    delay(graceMs, null, { signal: late.signal }),
  ]);
  late.abort();
  return code;
}

/** Asks until the answer is 2xx or the deadline has passed; returns the last status, null when nobody answered. */
export async function statusWhenReady(url: string, deadlineMs: number): Promise<number | null> {
  const endMs = performance.now() + deadlineMs;
  let status: number | null = null;
  while (performance.now() < endMs) {
    status = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.status,
      () => null,
    );
    if (status !== null && status >= 200 && status < 300) return status;
    await delay(50);
  }
  return status;
}
