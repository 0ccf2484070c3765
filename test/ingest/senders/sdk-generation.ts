import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The packages of one release of the SDK: everything is taken from where its `sdk-node` finds it. */
export type SdkGeneration = { name: string; load: NodeJS.Require };

export const sdkGenerations: readonly SdkGeneration[] = [
  { name: 'SDK 2.12 (0.223)', load: createRequire(require.resolve('@opentelemetry/sdk-node')) },
  { name: 'SDK 1.30 (0.57)', load: createRequire(require.resolve('otel-sdk-node-1x')) },
];
