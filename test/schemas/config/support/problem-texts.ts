import { type ConfigInput, parseConfig } from '../../../../schemas/config/parse-config.js';
import { problemText } from '../../../../schemas/config/problem.js';

/** Everything wrong with a file called c.yaml and an environment, as people read it; empty when all is well. */
export function problemTexts(
  yamlText: string | null,
  env: Record<string, string> = {},
  more: Partial<ConfigInput> = {},
): string[] {
  const parsed = parseConfig({ yamlText, yamlPath: 'c.yaml', env, ...more });
  return parsed.kind === 'ok' ? [] : parsed.problems.map(problemText);
}
