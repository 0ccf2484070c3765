import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deploy } from '../../../cli/commands/deploy.js';
import { runCli } from '../../../cli/run-cli.js';
import { createApp } from '../../../http/create-app.js';
import { type Listening, listen } from '../../../http/listen.js';
import { deploymentLog } from '../../../query/deployments/append-deployment.js';
import { deploymentRoutes } from '../../../query/routes/deployments.js';
import { defaultTenant } from '../../../schemas/access.js';
import { Deployment } from '../../../schemas/deployment.js';
import { ProblemError } from '../../../schemas/problem.js';
import { openMigrated } from '../../support/open-migrated.js';
import { fakeContext } from '../support/fake-context.js';

let server: Listening;
let closeWarehouse: () => Promise<void>;
before(async () => {
  const opened = await openMigrated();
  closeWarehouse = opened.close;
  const app = createApp({
    newId: () => 'id',
    logger: false,
    authenticate: async ({ headers }) => {
      if (headers.authorization !== 'Bearer cbk_right')
        throw new ProblemError('UNAUTHENTICATED', 'This API key is unknown.');
      return { tenant: defaultTenant, role: 'operator', keyId: 'k1' };
    },
  });
  app.register(
    deploymentRoutes({
      now: () => new Date(),
      openTenant: ({ tenant }) => opened.warehouse.forTenant(tenant),
      openLog: (tenant) => deploymentLog(opened.warehouse, tenant),
    }),
  );
  server = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
});
after(async () => {
  await server.close(1000);
  await closeWarehouse();
});

async function run(...args: string[]) {
  const { context, out, err } = fakeContext({ files: { right: 'cbk_right\n', wrong: 'cbk_wrong' } });
  return { exitCode: await runCli(['deploy', ...args], [deploy], context), out, err };
}

test('deploy: records what the options say, once however often it runs', async () => {
  const args = ['--function', 'checkout', '--version', '1.2.0', '--commit', 'abc', '--by', 'ci', '--json'];
  const where = ['--target', server.url, '--key-file', 'right'];
  const first = await run(...args, ...where);
  assert.equal(first.exitCode, 0, first.err.join('\n'));
  const { id, source, author, at, commit } = Deployment.parse(JSON.parse(first.out[0] ?? ''));
  assert.deepEqual(
    { source, author, at, commit },
    { source: 'cli', author: 'ci', at: '2026-03-01T00:00:00.000Z', commit: 'abc' },
  );
  const again = await run(...args, ...where, '--at', '2026-03-01T00:00:00Z', '--notes', 'more');
  const second = Deployment.parse(JSON.parse(again.out[0] ?? ''));
  assert.deepEqual([second.id, second.notes], [id, 'more']);
});

const failures = [
  { args: ['--function', 'f'], exitCode: 2, says: /--version is missing/ },
  {
    args: ['--function', 'f', '--version', '1', '--at', 'noon'],
    exitCode: 2,
    says: /--at: "noon" is not an instant/,
  },
  { args: ['--function', 'f', '--version', '1', '--target', 'here'], exitCode: 2, says: /--target "here"/ },
  {
    args: ['--function', 'f', '--version', '1', '--branch', 'x'],
    exitCode: 2,
    says: /unknown option --branch/,
  },
];
for (const { args, exitCode, says } of failures) {
  test(`deploy: ${args.join(' ')} is called wrongly`, async () => {
    const result = await run(...args);
    assert.equal(result.exitCode, exitCode);
    assert.match(result.err.join('\n'), says);
  });
}

test('deploy: a wrong key and a server that is not there are sentences, exit code 1', async () => {
  const args = ['--function', 'f', '--version', '1'];
  const refused = await run(...args, '--target', server.url, '--key-file', 'wrong');
  assert.equal(refused.exitCode, 1);
  assert.match(refused.err.join(), /This API key is unknown\. Send an API key/);
  const nobody = await run(...args, '--target', 'http://127.0.0.1:9');
  assert.equal(nobody.exitCode, 1);
  assert.match(nobody.err.join(), /No Coldburn answers at http:\/\/127\.0\.0\.1:9/);
});
