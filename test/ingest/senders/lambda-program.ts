import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { trace } from '@opentelemetry/api';
import { z } from 'zod';
import { lambdaInvocations } from './lambda-invocations.js';
import { neutralStacks } from './neutral-stacks.js';

// A Lambda function's process: `lambda-program.js <directory of the packages> <package of the SDK> <of the instrumentation>`.
// The runtime's part is played here; SDK, instrumentation and exporter are the real ones of the named generation.
const Arguments = z.tuple([z.string(), z.string(), z.string()]);
const [packagesDirectory, sdkName, instrumentationName] = Arguments.parse(process.argv.slice(2));
const Environment = z.looseObject({ LAMBDA_TASK_ROOT: z.string(), _HANDLER: z.string() });
const { LAMBDA_TASK_ROOT, _HANDLER } = Environment.parse(process.env);

neutralStacks(LAMBDA_TASK_ROOT, '/var/task');

const packages = createRequire(resolve(packagesDirectory, 'package.json'));
const { NodeSDK }: typeof import('@opentelemetry/sdk-node') = packages(sdkName);
const { AwsLambdaInstrumentation }: typeof import('@opentelemetry/instrumentation-aws-lambda') =
  packages(instrumentationName);

const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:orders:live';

/** What `@opentelemetry/resource-detector-aws` (1.x and 2.x alike) finds in the environment of a function. */
const lambdaResource = {
  'cloud.provider': 'aws',
  'cloud.platform': 'aws_lambda',
  'cloud.region': 'eu-central-1',
  'faas.name': 'orders',
  'faas.version': '7',
  'faas.max_memory': 536_870_912,
  'aws.log.group.names': ['/aws/lambda/orders'],
  'faas.instance': '2026/11/20/[7]0123456789abcdef0123456789abcdef',
};

const instrumentation = new AwsLambdaInstrumentation();
const sdk = new NodeSDK({
  serviceName: 'orders',
  instrumentations: [instrumentation],
  resourceDetectors: [{ detect: () => ({ attributes: lambdaResource }) }],
});
sdk.start();
// As the Lambda layer does: the instrumentation flushes the provider it is given, inside each invocation.
instrumentation.setTracerProvider(trace.getTracerProvider());

type Handler = (event: object, context: object, callback: () => void) => Promise<unknown>;
const [file = '', name = ''] = _HANDLER.split('.');
const loaded: Record<string, Handler> = createRequire(import.meta.url)(join(LAMBDA_TASK_ROOT, `${file}.cjs`));
const handler = loaded[name];
if (handler === undefined) throw new Error(`${file} has no ${name}`);

for (const { requestId, event } of lambdaInvocations) {
  const context = { functionName: 'orders', awsRequestId: requestId, invokedFunctionArn: functionArn };
  // The runtime reports a failure to the service and goes on with the next event.
  await handler(event, context, () => undefined).catch(() => undefined);
}
await sdk.shutdown();
