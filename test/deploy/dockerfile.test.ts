import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { copySources, parseDockerfile, type Stage, stagesOf } from '../support/dockerfile.js';
import { repositoryRoot } from '../support/repository-root.js';

const dockerDir = join(repositoryRoot, 'deploy/docker');
const stages = stagesOf(parseDockerfile(readFileSync(join(dockerDir, 'Dockerfile'), 'utf8')));
const final = stages.at(-1);
assert.ok(final !== undefined);

function only(stage: Stage, name: string): string {
  const found = stage.instructions.filter((instruction) => instruction.name === name);
  assert.equal(found.length, 1, `${name} appears ${found.length} times in the last stage`);
  return found[0]?.rest ?? '';
}

test('Dockerfile: every stage starts from the same pinned glibc image of Node', () => {
  assert.ok(stages.length >= 2);
  for (const { image } of stages) assert.equal(image, 'node:24-bookworm-slim');
});

test('Dockerfile: the last stage runs nothing from npm and ends as a user that is not root, given by number', () => {
  const commands = final.instructions.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
  assert.deepEqual(
    commands.filter((command) => /npm|apt|curl/.test(command)),
    [],
  );
  assert.match(only(final, 'USER'), /^[1-9]\d*:[1-9]\d*$/);
  const userAt = final.instructions.findIndex(({ name }) => name === 'USER');
  const later = final.instructions.slice(userAt).map(({ name }) => name);
  assert.ok(!later.includes('RUN') && !later.includes('COPY'));
});

test('Dockerfile: everything copied from the context exists and passes the ignore file', () => {
  const ignore = readFileSync(join(dockerDir, 'Dockerfile.dockerignore'), 'utf8').split('\n');
  assert.ok(ignore.includes('*'));
  for (const { instructions } of stages) {
    for (const copy of instructions.filter(({ name }) => name === 'COPY')) {
      const { from, sources } = copySources(copy);
      if (from !== null) continue;
      for (const source of sources) {
        assert.ok(existsSync(join(repositoryRoot, source)), `line ${copy.line}: ${source} does not exist`);
        const allowed = ignore.some(
          (line) => line === `!${source}` || source.startsWith(`${line.slice(1)}/`),
        );
        assert.ok(allowed, `line ${copy.line}: ${source} is ignored`);
      }
    }
  }
});

test('Dockerfile: every stage named in a COPY comes before it', () => {
  for (const [index, { instructions }] of stages.entries()) {
    const earlier = stages.slice(0, index).map(({ alias }) => alias);
    for (const copy of instructions.filter(({ name }) => name === 'COPY')) {
      const { from } = copySources(copy);
      assert.ok(from === null || earlier.includes(from), `line ${copy.line}: there is no stage ${from}`);
    }
  }
});

test('Dockerfile: every room that is compiled reaches the build', () => {
  const Config = z.object({ include: z.array(z.string()) });
  const { include } = Config.parse(parse(readFileSync(join(repositoryRoot, 'tsconfig.json'), 'utf8')));
  const rooms = include.filter((name) => name !== 'test' && name !== 'bench');
  const copied = stages
    .filter(({ alias }) => alias === 'build')
    .flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'COPY'))
    .flatMap((copy) => copySources(copy).sources);
  for (const room of rooms) assert.ok(copied.includes(room), `${room} is not copied`);
});

test('Dockerfile: the packed program files are all in the last stage', () => {
  const Package = z.object({ files: z.array(z.string()) });
  const { files } = Package.parse(parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));
  const copied = final.instructions
    .filter(({ name }) => name === 'COPY')
    .flatMap((copy) => copySources(copy).sources)
    .map((source) => source.replace('/src/', ''));
  for (const file of files.filter((name) => !name.startsWith('!'))) {
    assert.ok(copied.includes(file), `${file} is packed by npm but not copied`);
  }
});

test('Dockerfile: it starts without a shell, stops by SIGTERM and says how it feels', () => {
  const argv = z.array(z.string()).nonempty();
  assert.deepEqual(argv.parse(parse(only(final, 'ENTRYPOINT'))), ['node', 'bin/coldburn.mjs']);
  assert.deepEqual(argv.parse(parse(only(final, 'CMD'))), ['serve']);
  assert.equal(only(final, 'STOPSIGNAL'), 'SIGTERM');
  assert.match(only(final, 'HEALTHCHECK'), /--start-period=\d+s .*CMD \["node", "bin\/healthcheck\.mjs"\]$/);
  assert.deepEqual(only(final, 'EXPOSE').split(' ').sort(), ['4317', '4318', '8080']);
  assert.deepEqual(z.array(z.string()).parse(parse(only(final, 'VOLUME'))), ['/data']);
});
