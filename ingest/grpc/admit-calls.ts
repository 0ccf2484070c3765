import {
  type Metadata,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { originHeader } from '../../http/tracing/origin-header.js';
import type { Tenant } from '../../schemas/access.js';
import type { IngestLog } from '../admission.js';
import type { IngestCounters } from '../counters.js';
import { type AdmitDeps, admit, bearerHint } from '../export/admit.js';
import { type BodyBudget, BodyShare } from '../http/body-budget.js';
import { asRefusal, type OtlpRefusal, tooManyBodies } from '../http/otlp-refusal.js';
import { presentedKey } from '../http/presented-key.js';
import { grpcStatus } from './grpc-status.js';

export type AdmitCallsDeps = AdmitDeps & { counters: IngestCounters; budget: BodyBudget; log: IngestLog };

/** For whom a call is, and its place among the bodies being read. */
export type Admitted = { readonly tenant: Tenant; readonly share: BodyShare };

/** How large a message is, is not known before the library has it whole; this much of the budget is taken until then. */
const unreadBytes = 1024 * 1024;

/** Refuses a call by its metadata, before any of its message is read. */
export function admitCalls(deps: AdmitCallsDeps, admitted: WeakMap<Metadata, Admitted>): ServerInterceptor {
  return (_method, call) => {
    const share = new BodyShare(deps.budget);
    let isAccountedFor = false;
    let isEnded = false;
    const refuse = (refusal: OtlpRefusal): void => {
      // Who hung up while his key was looked at has been counted.
      if (isEnded) return;
      isAccountedFor = true;
      deps.counters.refused(refusal.reason, refusal.tenant);
      call.sendStatus(grpcStatus(refusal));
    };
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) => {
            deps.counters.arrived();
            admitCall(deps, metadata, call).then(
              (tenant) => {
                if (isEnded) return;
                if (!share.take(unreadBytes)) {
                  refuse(tooManyBodies());
                  return;
                }
                admitted.set(metadata, { tenant, share });
                pass(metadata);
              },
              (error: unknown) => refuse(asRefusal(error, deps.log)),
            );
          },
          onReceiveMessage: (message, pass) => {
            isAccountedFor = true;
            pass(message);
          },
          // Also told at the end of every call.
          onCancel: () => {
            if (!isAccountedFor) deps.counters.refused('grpc-not-read', null);
            isAccountedFor = true;
            isEnded = true;
            share.giveBack();
          },
        }),
    });
  };
}

function admitCall(
  deps: AdmitDeps,
  metadata: Metadata,
  call: ServerInterceptingCallInterface,
): Promise<Tenant> {
  return admit(deps, {
    key: presentedKey({
      authorization: firstText(metadata, 'authorization'),
      'x-api-key': firstText(metadata, 'x-api-key'),
    }),
    remoteAddress: call.getConnectionInfo().remoteAddress ?? 'unknown',
    origin: firstText(metadata, originHeader),
    keyHint: bearerHint,
  });
}

export function firstText(metadata: Metadata, key: string): string | undefined {
  return metadata.get(key)[0]?.toString();
}
