import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { originHeader } from './origin-header.js';

export type OtlpTarget = { endpoint: string; headers: Readonly<Record<string, string>>; origin: string };
export type ReportFailure = (sentence: string) => void;

const exportTimeoutMs = 5_000;

/** Sends our own spans as OTLP/HTTP protobuf. A failed batch is reported and dropped: own traces are never worth memory. */
export function createOtlpExporter(target: OtlpTarget, reportFailure: ReportFailure): SpanExporter {
  const url = `${target.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const inFlight = new Set<Promise<boolean>>();

  const send = async (body: Uint8Array): Promise<boolean> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          ...target.headers,
          'content-type': 'application/x-protobuf',
          [originHeader]: target.origin,
        },
        body: Buffer.from(body),
        signal: AbortSignal.timeout(exportTimeoutMs),
      });
      await response.arrayBuffer();
      if (response.ok) return true;
      reportFailure(`own traces: ${url} answered ${response.status}; the batch was dropped`);
    } catch (error) {
      const reason = error instanceof Error ? (error.cause ?? error) : error;
      reportFailure(
        `own traces: ${url} could not be reached (${String(reason)}); check telemetry.endpoint; the batch was dropped`,
      );
    }
    return false;
  };

  return {
    export: (spans, done) => {
      const body = ProtobufTraceSerializer.serializeRequest(spans);
      if (body === undefined) {
        done({ code: 0 });
        return;
      }
      const sending = send(body);
      inFlight.add(sending);
      sending.then((ok) => {
        inFlight.delete(sending);
        done({ code: ok ? 0 : 1 });
      });
    },
    forceFlush: async () => {
      await Promise.all(inFlight);
    },
    shutdown: async () => {
      await Promise.all(inFlight);
    },
  };
}
