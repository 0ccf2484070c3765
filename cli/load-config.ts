import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../schemas/config/config.js';
import { configPathName } from '../schemas/config/environment-names.js';
import { parseConfig, type SettingSources } from '../schemas/config/parse-config.js';
import { type ConfigProblem, problemText } from '../schemas/config/problem.js';
import type { SecretFile } from '../schemas/config/resolve-secrets.js';
import { StartupError } from '../schemas/startup-error.js';
import type { Environment } from './command.js';
import { fileProblem, readTextFile } from './read-text-file.js';

const defaultPath = 'coldburn.yaml';

export type LoadedConfig = { config: Config; sources: SettingSources; path: string | null };

/** Reads the file COLDBURN_CONFIG names (or ./coldburn.yaml when there is one) and the environment; throws StartupError. */
export async function loadConfig(env: Environment): Promise<LoadedConfig> {
  const named = env[configPathName];
  const path = named === undefined || named === '' ? defaultPath : named;
  const yamlText = await readIfThere(path, path !== named);
  const parsed = parseConfig({ yamlText, yamlPath: path, env, readSecretFile: secretReader(path) });
  if (parsed.kind === 'invalid') throw new StartupError(problemsText(parsed.problems));
  return { config: parsed.config, sources: parsed.sources, path: yamlText === null ? null : path };
}

/** One problem is one sentence; several are a list under one. */
export function problemsText(problems: readonly ConfigProblem[]): string {
  const [first, ...others] = problems.map(problemText);
  if (first !== undefined && others.length === 0) return `the configuration is not valid: ${first}`;
  const lines = problems.map((problem) => `  ${problemText(problem)}`);
  return [`the configuration has ${problems.length} problems:`, ...lines].join('\n');
}

async function readIfThere(path: string, mayBeMissing: boolean): Promise<string | null> {
  try {
    return await readTextFile(path);
  } catch (error) {
    const cause = error instanceof StartupError ? error.cause : null;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing && mayBeMissing) return null;
    if (!mayBeMissing && error instanceof StartupError) {
      throw new StartupError(`${configPathName}: ${error.message}`, { cause });
    }
    throw error;
  }
}

/** Reads the files secrets point at; their paths are relative to the configuration that names them. */
export function secretReader(configPath: string): (path: string) => SecretFile {
  return (path) => {
    try {
      return { kind: 'text', text: readFileSync(resolve(dirname(configPath), path), 'utf8') };
    } catch (error) {
      return { kind: 'unreadable', reason: fileProblem(error) };
    }
  };
}
