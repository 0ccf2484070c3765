import { jsonSchemaText } from '../../schemas/config/json-schema.js';
import { parseConfig } from '../../schemas/config/parse-config.js';
import { configJson, printConfig } from '../../schemas/config/print-config.js';
import { problemText } from '../../schemas/config/problem.js';
import { settingsReference } from '../../schemas/config/settings-reference.js';
import { nearest } from '../../schemas/nearest.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { Command, CommandContext, Environment, ExitCode } from '../command.js';
import { loadConfig, secretReader } from '../load-config.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

const actions = ['print', 'check', 'reference', 'schema'] as const;

/** Exits 0 when it printed or every file is valid, 1 when the configuration is not valid, 2 when called wrongly. */
export const config: Command = {
  name: 'config',
  usage: 'config print [--json] | check FILE… | reference | schema',
  summary: 'Print the settings in effect and where each came from, check a file, or list every setting.',
  details: [
    'print        the settings in effect as a coldburn.yaml; secrets are hidden',
    '  --json     the same as JSON: {"listen.http": {"value", "source"}, …}',
    'check FILE…  says everything that is wrong with each file; the environment is left out',
    'reference    every setting with its default and meaning, as Markdown',
    'schema       the JSON Schema of coldburn.yaml, for editors',
    '',
    'Exit codes: 0 fine, 1 not valid, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    const [action, ...files] = positionals;
    if (action === undefined) throw new UsageError(`say what to do: ${actions.join(', ')}`);
    if (action !== 'check' && files.length > 0) throw new UsageError(`"${action}" takes no file`);
    switch (action) {
      case 'print':
        return await print(values.json, context);
      case 'reference':
        for (const line of settingsReference()) context.io.out(line);
        return 0;
      case 'schema':
        context.io.out(jsonSchemaText().trimEnd());
        return 0;
      case 'check':
        return await check(files, context);
      default:
        throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
    }
  },
};

async function print(asJson: boolean, { io, env }: CommandContext): Promise<ExitCode> {
  const loaded = await loadConfig(env);
  if (asJson) io.out(JSON.stringify(configJson(loaded.config, loaded.sources), null, 2));
  else for (const line of printConfig(loaded.config, loaded.sources)) io.out(line);
  return 0;
}

async function check(files: readonly string[], { io, env }: CommandContext): Promise<ExitCode> {
  if (files.length === 0) throw new UsageError('"check" needs a file');
  // The file is judged by itself; only what its secrets point at comes from the environment.
  const ownNames = Object.fromEntries(Object.entries(env).filter(([name]) => !/^coldburn_/i.test(name)));
  let exitCode: ExitCode = 0;
  for (const yamlPath of files) {
    const problems = await fileProblems(yamlPath, { read: io.read, env: ownNames });
    if (problems.length === 0) io.out(`${yamlPath}: ok`);
    else exitCode = 1;
    for (const problem of problems) io.err(problem);
  }
  return exitCode;
}

async function fileProblems(
  yamlPath: string,
  { read, env }: { read: CommandContext['io']['read']; env: Environment },
): Promise<string[]> {
  let yamlText: string;
  try {
    yamlText = await read(yamlPath);
  } catch (error) {
    if (error instanceof StartupError) return [error.message];
    throw error;
  }
  const parsed = parseConfig({ yamlText, yamlPath, env, readSecretFile: secretReader(yamlPath) });
  return parsed.kind === 'ok' ? [] : parsed.problems.map(problemText);
}
