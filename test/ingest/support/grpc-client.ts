import { Buffer } from 'node:buffer';
import { type CallOptions, Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';

export type GrpcAnswer = { code: number; details: string; body: Buffer; metadata: Metadata };

const asIs = (bytes: Buffer): Buffer => bytes;

export function exportPath(signal: 'trace' | 'metrics' | 'logs'): string {
  const name = { trace: 'Trace', metrics: 'Metrics', logs: 'Logs' }[signal];
  return `/opentelemetry.proto.collector.${signal}.v1.${name}Service/Export`;
}

/** A client that sends exactly the bytes the test says, and shows any answer. */
export function rawClient(port: number, options: Readonly<Record<string, number>> = {}) {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options);
  return {
    close: () => client.close(),
    call: (
      path: string,
      body: Buffer,
      headers: Readonly<Record<string, string>> = {},
      callOptions: CallOptions = {},
    ): Promise<GrpcAnswer> => {
      const metadata = new Metadata();
      for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
      const answered = (error: ServiceError | null, answer: Buffer | undefined): GrpcAnswer => ({
        code: error?.code ?? status.OK,
        details: error?.details ?? '',
        body: answer ?? Buffer.alloc(0),
        metadata: error?.metadata ?? new Metadata(),
      });
      return new Promise((resolve) => {
        client.makeUnaryRequest(path, asIs, asIs, body, metadata, callOptions, (error, answer) =>
          resolve(answered(error, answer)),
        );
      });
    },
  };
}
