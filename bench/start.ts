import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FunctionList } from '../schemas/functions.js';
import { repositoryRoot } from '../test/support/repository-root.js';
import { type ServingProgram, startServing, statusWhenReady } from '../test/support/serving-program.js';

type Row = { measure: string; value: number; unit: string };

const entry = join(repositoryRoot, 'bin/coldburn.mjs');
const sdkProgram = fileURLToPath(new URL('../test/support/sdk-node-program.js', import.meta.url));
const rounds = 5;
const deadlineMs = 60_000;
/** Long enough for start-up garbage to be collected and the first background work of the engine to be over. */
const settleMs = 3_000;

/** How long a built program takes to be ready, what it holds when idle, and how soon a real SDK's span is listed. */
export async function bench(): Promise<{ rows: Row[] }> {
  const firstMs: number[] = [];
  const againMs: number[] = [];
  const seenMs: number[] = [];
  const memory: Memory[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
    try {
      firstMs.push(await inProgram(directory, async () => undefined));
      againMs.push(
        await inProgram(directory, async (program) => {
          await pause(settleMs);
          memory.push(await memoryOf(program.pid));
          seenMs.push(await spanToListMs(program));
        }),
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  const megabytes = (pick: (sample: Memory) => number) => median(memory.map(pick)) / 1e6;
  return {
    rows: [
      { measure: 'start to /readyz, empty data directory', value: median(firstMs), unit: 'ms' },
      { measure: 'start to /readyz, again', value: median(againMs), unit: 'ms' },
      {
        measure: 'idle memory, resident',
        value: megabytes(({ residentBytes }) => residentBytes),
        unit: 'MB',
      },
      {
        measure: 'of it mapped files: the engine library',
        value: megabytes(({ fileBytes }) => fileBytes),
        unit: 'MB',
      },
      {
        measure: 'of it the process itself',
        value: megabytes(({ anonymousBytes }) => anonymousBytes),
        unit: 'MB',
      },
      { measure: 'end of an SDK span to its function listed', value: median(seenMs), unit: 'ms' },
      { measure: 'the same, slowest', value: Math.max(...seenMs), unit: 'ms' },
    ],
  };
}

async function inProgram(
  directory: string,
  work: (program: ServingProgram) => Promise<void>,
): Promise<number> {
  const startedMs = performance.now();
  const program = await startServing(entry, directory, deadlineMs);
  try {
    await statusWhenReady(new URL('/readyz', program.urls.get('http')).href, deadlineMs);
    const readyMs = performance.now() - startedMs;
    await work(program);
    await program.stop(10_000);
    return readyMs;
  } finally {
    await program.kill();
  }
}

type Memory = { residentBytes: number; fileBytes: number; anonymousBytes: number };

/** As the kernel counts it; only Linux tells. */
async function memoryOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
  return { residentBytes: bytes('VmRSS'), fileBytes: bytes('RssFile'), anonymousBytes: bytes('RssAnon') };
}

async function spanToListMs(program: ServingProgram): Promise<number> {
  const url = new URL('/api/v1/functions', program.urls.get('http')).href;
  const sender = spawn(process.execPath, [sdkProgram], {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: program.urls.get('otlpHttp') ?? '', OTEL_SERVICE_NAME: 'timed' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(sender, 'exit');
  const [endedAt] = await once(sender.stdout, 'data');
  for (;;) {
    const { functions } = FunctionList.parse(await (await fetch(url)).json());
    if (functions.some((row) => row.function === 'timed')) break;
    await pause(5);
  }
  const seenAfterMs = Date.now() - Number(String(endedAt).trim());
  await ended;
  return seenAfterMs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
