import { type Check, fail, ok } from '../check.js';

/** The same bound as `engines` in package.json; a test holds them together. */
const oldest = { major: 20, minor: 19 };

export function nodeVerdict(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const current = major > oldest.major || (major === oldest.major && minor >= oldest.minor);
  if (current) return ok('node', `Node ${version}`);
  return fail(
    'node',
    `Node ${version} is older than ${oldest.major}.${oldest.minor}`,
    'install a current Node from https://nodejs.org',
  );
}
