import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { knownEnvironmentNames } from '../../schemas/config/environment-names.js';
import { repositoryRoot } from '../support/repository-root.js';

// Named in explanations of what must not reach the program.
const notSettings = new Set(['COLDBURN_PORT']);

const roots = ['deploy', '.github', 'docs/deploy.md', 'docs/operations.md'].map((path) =>
  join(repositoryRoot, path),
);
const files = roots.flatMap((root) =>
  statSync(root).isFile()
    ? [root]
    : readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
);

test('deploy: every COLDBURN_ name in every file is a setting of the program', () => {
  let seen = 0;
  for (const path of files) {
    for (const [name] of readFileSync(path, 'utf8').matchAll(/COLDBURN_[A-Z0-9_]+/g)) {
      seen += 1;
      const known = knownEnvironmentNames.includes(name) || notSettings.has(name);
      assert.ok(known, `${path} names ${name}, which the program would refuse`);
    }
  }
  assert.ok(seen > 20);
});

test('deploy: no file starts the program without access control', () => {
  const starts = files.filter((path) => !path.endsWith('.md'));
  assert.ok(starts.length > 10);
  for (const path of starts) assert.doesNotMatch(readFileSync(path, 'utf8'), /--insecure/, path);
});
