import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const patienceMs = 30_000;

/** One generation of the Lambda packages: where they are installed, and under which names. */
export type LambdaGeneration = { packagesDirectory: string; sdkName: string; instrumentationName: string };

export type Wanted = { endpoint: string; protocol?: 'http/protobuf' | 'http/json'; execPath?: string };

/** Runs the Lambda function once for each of `lambdaInvocations`, sending to the endpoint as the Lambda layer is told to. */
export function runLambda(generation: LambdaGeneration, wanted: Wanted): Promise<void> {
  const { packagesDirectory, sdkName, instrumentationName } = generation;
  return run('lambda-program.js', [packagesDirectory, sdkName, instrumentationName], wanted, {
    LAMBDA_TASK_ROOT: here,
    _HANDLER: 'lambda-handler.handler',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  });
}

/** Serves one request well and one badly, as a Next.js application on Vercel does. */
export function runVercel(wanted: Wanted, upstreamUrl: string): Promise<void> {
  return run('vercel-program.js', [], wanted, {
    UPSTREAM_URL: upstreamUrl,
    VERCEL: '1',
    VERCEL_ENV: 'production',
    VERCEL_REGION: 'fra1',
    VERCEL_URL: 'shop-web-abc123.vercel.app',
    VERCEL_DEPLOYMENT_ID: 'dpl_9XyZ',
    VERCEL_PROJECT_ID: 'prj_1',
    VERCEL_GIT_COMMIT_SHA: '0123456789abcdef0123456789abcdef01234567',
    VERCEL_GIT_COMMIT_REF: 'main',
    NEXT_RUNTIME: 'nodejs',
  });
}

/** A service with automatic HTTP spans answers with 200, 500 and 404. */
export function runPlainNode(packagesDirectory: string, wanted: Wanted): Promise<void> {
  return run('plain-node-program.js', [packagesDirectory], wanted, {});
}

async function run(
  program: string,
  args: readonly string[],
  { endpoint, protocol = 'http/protobuf', execPath = process.execPath }: Wanted,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const child = fork(`${here}/${program}`, [...args], {
    execPath,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      ...env,
    },
  });
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  try {
    const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(patienceMs) });
    if (code !== 0) throw new Error(`${program} ended with ${code}\n${complaints}`);
  } finally {
    child.kill('SIGKILL');
  }
}
