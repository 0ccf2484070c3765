/** Rewrites paths in the stacks of errors, so that a captured one tells nothing of the machine it was captured on. */
export function neutralStacks(ownDirectory: string, neutral: string): void {
  Error.prepareStackTrace = (error, frames) =>
    [String(error), ...frames.map((frame) => `    at ${frame}`)]
      .join('\n')
      .replaceAll(ownDirectory, neutral)
      .replaceAll(/\/[^\s()]*\/node_modules\//g, `${neutral}/node_modules/`);
}
