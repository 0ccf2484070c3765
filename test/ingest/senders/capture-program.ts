import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { startCaptureServer } from './capture-server.js';
import { lambdaInvocations } from './lambda-invocations.js';
import { type LambdaGeneration, runLambda, runPlainNode, runVercel } from './sender-process.js';

// Writes what real senders send into a folder:
// `capture-program.js <folder> vercel`
// `capture-program.js <folder> plain-node <directory of the packages>`
// `capture-program.js <folder> <directory of the packages> <package of the SDK> <of the instrumentation> [node]`
const Arguments = z.union([
  z.tuple([z.string(), z.literal('vercel')]),
  z.tuple([z.string(), z.literal('plain-node'), z.string()]),
  z.tuple([z.string(), z.string(), z.string(), z.string()]),
  z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]),
]);
const wanted = Arguments.parse(process.argv.slice(2));
const [folder] = wanted;
const lambdaNames = lambdaInvocations.map(({ name }) => name);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await startCaptureServer();
try {
  if (wanted.length === 2) {
    await runVercel({ endpoint: server.endpoint }, `${server.endpoint}/upstream`);
    await save(['success', 'thrown-error'], 'bin');
  } else if (wanted.length === 3) {
    await runPlainNode(wanted[2], { endpoint: server.endpoint });
    await save(['three-requests'], 'bin');
    await runPlainNode(wanted[2], { endpoint: server.endpoint, protocol: 'http/json' });
    await save(['three-requests'], 'json');
  } else {
    const [, packagesDirectory, sdkName, instrumentationName, execPath] = wanted;
    const generation: LambdaGeneration = { packagesDirectory, sdkName, instrumentationName };
    const options = { endpoint: server.endpoint, ...(execPath === undefined ? {} : { execPath }) };
    await runLambda(generation, options);
    await save(lambdaNames, 'bin');
    await runLambda(generation, { ...options, protocol: 'http/json' });
    await save(lambdaNames, 'json');
  }
} finally {
  await server.stop();
}

/** Each invocation flushes before it answers: one request each, in order. */
async function save(names: readonly string[], suffix: 'bin' | 'json'): Promise<void> {
  const captured = server.taken();
  if (captured.length !== names.length) {
    throw new Error(`${captured.length} requests for ${names.length} invocations`);
  }
  for (const [index, { body }] of captured.entries()) {
    await writeFile(join(folder, `${names[index]}.${suffix}`), body);
  }
}
