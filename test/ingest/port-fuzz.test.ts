import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from '../support/repository-root.js';
import { type ServingProgram, startServing } from '../support/serving-program.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { fuzzCampaign } from './support/fuzz/fuzz-campaign.js';
import { portsOf } from './support/ports-of.js';

const shots = 1500;
const startDeadlineMs = 60_000;

let dir: TempDir;
let program: ServingProgram;

before(async () => {
  dir = await tempDir();
  const entry = join(repositoryRoot, 'bin/coldburn.mjs');
  program = await startServing(entry, dir.path, startDeadlineMs, {}, ['otlpHttp', 'otlpGrpc']);
});
after(async () => {
  await program?.kill();
  await dir?.remove();
});

test(`${shots} damaged requests over HTTP, gRPC and bare sockets: each gets a documented answer, none within more than a second`, async () => {
  const plan = { ports: portsOf(program), from: 1, to: shots + 1, bombBytes: 1_000_000 };
  const { answers, slowestMs, slowestSeed, crowding, problems } = await fuzzCampaign(plan);
  assert.deepEqual(problems, []);
  const mostMs = 1000 * crowding;
  assert.ok(slowestMs < mostMs, `shot ${slowestSeed} took ${slowestMs} ms, longer than ${mostMs} ms`);
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(total, shots);
  for (const answer of ['http 200', 'http 400', 'http 413', 'http 415', 'grpc 0', 'grpc 3', 'socket 400']) {
    assert.ok((answers.get(answer) ?? 0) > 0, `no shot was answered ${answer}`);
  }
});
