import type { ServingProgram } from '../../support/serving-program.js';

/** The ports of the receiver in a serving program. */
export function portsOf({ urls }: ServingProgram): { http: number; grpc: number } {
  const portOf = (name: 'otlpHttp' | 'otlpGrpc') => Number(new URL(urls.get(name) ?? '').port);
  return { http: portOf('otlpHttp'), grpc: portOf('otlpGrpc') };
}
