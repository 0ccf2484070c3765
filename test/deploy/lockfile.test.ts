import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { repositoryRoot } from '../support/repository-root.js';

const Entry = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  optional: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const { packages } = z
  .object({ packages: z.record(z.string(), Entry) })
  .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')));

// npm leaves out the platforms whose package it could not see, and then "npm ci" refuses the whole file.
test('package-lock.json: every platform a package is made for is listed with its version', () => {
  const missing: string[] = [];
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      const entry = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
      if (entry?.version === undefined) missing.push(`${path} -> ${name}`);
    }
  }
  assert.deepEqual(missing, []);
});

test('package-lock.json: the engine is there for every supported platform', () => {
  for (const platform of ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-x64', 'darwin-arm64']) {
    assert.equal(packages[`node_modules/@chdb/lib-${platform}`]?.optional, true, platform);
  }
});

test('package-lock.json: names no download address, so any registry serves it', () => {
  assert.deepEqual(
    Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined),
    [],
  );
});
