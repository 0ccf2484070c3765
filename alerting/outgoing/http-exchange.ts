import * as http from 'node:http';
import * as https from 'node:https';
import type { Exchange, OutRequest, OutResponse } from '../receivers/receiver.js';
import type { AddressGuard } from './address-guard.js';
import { allowedAddresses, type ResolveHost } from './guarded-lookup.js';

/** What an answer may hold; more is not read. */
const mostBytes = 1024 * 1024;

export type OutgoingDeps = {
  isAllowed: AddressGuard;
  resolve: ResolveHost;
  timeoutMs: number;
};

/** Sends a request to an address that was looked at first. Nothing is kept open, and redirects are answers like others. */
export function httpExchange({ isAllowed, resolve, timeoutMs }: OutgoingDeps): Exchange {
  return async (request) => {
    const url = new URL(request.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new Error(`the address begins with ${url.protocol}//, not with http:// or https://`);
    const signal = AbortSignal.timeout(timeoutMs);
    const addresses = await Promise.race([
      allowedAddresses(url.hostname, isAllowed, resolve),
      aborted(signal, timeoutMs),
    ]);
    let failure: unknown = null;
    // A host may have several addresses, of which some are not reached from here.
    for (const { address, family } of addresses.slice(0, 3)) {
      try {
        return await exchangeOnce(url, request, { address, family }, signal);
      } catch (error) {
        if (signal.aborted) throw new Error(`no whole answer within ${timeoutMs} ms`, { cause: error });
        if (!isUnreached(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  };
}

function exchangeOnce(
  url: URL,
  { body, headers, method }: OutRequest,
  { address, family }: { address: string; family: number },
  signal: AbortSignal,
): Promise<OutResponse> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      url,
      {
        method,
        headers: { 'user-agent': 'coldburn', ...headers, ...length },
        agent: false,
        family,
        signal,
        // The address was chosen above: whatever is asked for, this is the answer.
        lookup: (_host, options, done) =>
          options.all === true ? done(null, [{ address, family }]) : done(null, address, family),
      },
      (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        const answer = () => {
          const retryAfter = response.headers['retry-after'] ?? null;
          resolve({
            status: response.statusCode ?? 0,
            retryAfter,
            text: Buffer.concat(parts).toString('utf8'),
          });
        };
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes <= mostBytes) parts.push(part);
          else {
            answer();
            response.destroy();
          }
        });
        response.on('end', answer);
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

function isUnreached(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return (
    code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL'
  );
}

function aborted(signal: AbortSignal, timeoutMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no address within ${timeoutMs} ms`)), {
      once: true,
    });
  });
}
