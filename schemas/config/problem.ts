/** One thing wrong with the configuration: `coldburn.yaml:3`, or an environment name, and what is wrong there. */
export type ConfigProblem = { where: string; says: string };

export function problemText({ where, says }: ConfigProblem): string {
  return `${where}: ${says}`;
}

/** The place of a value: keys and list positions from the root. */
export type SettingPath = readonly (string | number)[];

/** `telemetry.headers.x-key`, as people write it. */
export function pathText(path: SettingPath): string {
  return path.join('.');
}
