import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export type CliResult = { exitCode: number | null; stdout: string; stderr: string };
export type CliOptions = { cwd: string; env?: Record<string, string>; nodeArgs?: readonly string[] };

const door = fileURLToPath(new URL('../../../../bin/coldburn.mjs', import.meta.url));
const deadlineMs = 60_000;

/** Runs the real program in a process of its own, with no environment but what the test gives. */
export function spawnCli(
  args: readonly string[],
  { cwd, env = {}, nodeArgs = [] }: CliOptions,
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, door, ...args], { cwd, env, timeout: deadlineMs });
    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout: stdout.join(''), stderr: stderr.join('') }));
  });
}
