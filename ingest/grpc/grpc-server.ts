import type { Buffer } from 'node:buffer';
import { type handleUnaryCall, type Metadata, Server, type ServiceDefinition } from '@grpc/grpc-js';
import { noteFailure, type StoreDeps, storeExport } from '../export/store-export.js';
import { exportBody } from '../http/otlp-body.js';
import { asRefusal, tooManyBodies } from '../http/otlp-refusal.js';
import { tooLarge } from '../http/read-body.js';
import { type Signal, signals } from '../signal.js';
import { type AdmitCallsDeps, type Admitted, admitCalls, firstText } from './admit-calls.js';
import { grpcStatus } from './grpc-status.js';

export type GrpcServerDeps = AdmitCallsDeps & StoreDeps & { maxBodyBytes: number };

/** Waits of slow or dead senders; the values are those of the HTTP port where it has them. */
const keepAliveMs = 60_000;
const keepAliveTimeoutMs = 20_000;
const maxStreamsPerConnection = 100;

/** The OTLP/gRPC services, on raw messages: bytes come in and bytes go out, and the library decodes nothing. */
export function createGrpcServer(deps: GrpcServerDeps): Server {
  const admitted = new WeakMap<Metadata, Admitted>();
  const server = new Server({
    'grpc.max_receive_message_length': deps.maxBodyBytes,
    'grpc.max_concurrent_streams': maxStreamsPerConnection,
    'grpc.keepalive_time_ms': keepAliveMs,
    'grpc.keepalive_timeout_ms': keepAliveTimeoutMs,
    'grpc.keepalive_permit_without_calls': 1,
    interceptors: [admitCalls(deps, admitted)],
  });
  for (const signal of Object.values(signals)) {
    server.addService(serviceOf(signal), { Export: exportCall(deps, signal, admitted) });
  }
  return server;
}

function exportCall(
  deps: GrpcServerDeps,
  signal: Signal,
  admitted: WeakMap<Metadata, Admitted>,
): handleUnaryCall<Buffer, Buffer> {
  return (call, respond) => {
    const startedMs = deps.nowMs();
    const sender = firstText(call.metadata, 'user-agent') ?? 'unknown';
    const bytes = call.request;
    const take = async (): Promise<Buffer> => {
      const caller = admitted.get(call.metadata);
      if (caller === undefined) throw new Error('A call came past its admission');
      const { tenant, share } = caller;
      // The library holds only what it received to the limit, not what it inflated to exactly as much.
      if (bytes.length > deps.maxBodyBytes) throw tooLarge(deps.maxBodyBytes);
      if (!share.take(bytes.length)) throw tooManyBodies();
      const wireBytes = bytes.length;
      const body = { bytes, encoding: 'protobuf', delivery: null } as const;
      const request = { signal, tenant, sender, wireBytes, body, startedMs };
      try {
        const { rejected, message } = await storeExport(deps, request);
        return exportBody('protobuf', signal.rejectedField, rejected, message);
      } catch (error) {
        throw noteFailure(deps, { tenant, sender }, error);
      } finally {
        share.giveBack();
      }
    };
    take().then(
      (answer) => respond(null, answer),
      (error: unknown) => {
        const refusal = asRefusal(error, deps.log);
        deps.counters.refused(refusal.reason, refusal.tenant);
        respond(grpcStatus(refusal));
      },
    );
  };
}

const asIs = (bytes: Buffer): Buffer => bytes;

function serviceOf({ grpcService }: Signal): ServiceDefinition {
  return {
    Export: {
      path: `/${grpcService}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  };
}
