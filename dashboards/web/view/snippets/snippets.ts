import type { Installation } from '../../../../schemas/installation.js';
import { dotnet, go, java, node, python } from './language-snippets.js';
import { azure, cloudflare, collector, lambda, vercel } from './platform-snippets.js';
import type { Snippet } from './target.js';

/** How to send first telemetry to this very installation: languages first, then platforms. */
export function snippetsFor({
  otlpHttpUrl,
  access,
}: Pick<Installation, 'otlpHttpUrl' | 'access'>): Snippet[] {
  const target = { endpoint: otlpHttpUrl.replace(/\/+$/, ''), needsKey: access === 'keys' };
  const languages = [node, python, go, java, dotnet];
  return [...languages, lambda, azure, cloudflare, vercel, collector].map((make) => make(target));
}

/** Platforms whose functions run elsewhere, so that they cannot reach an address of this machine only. */
export const elsewhere: ReadonlySet<string> = new Set(['lambda', 'azure', 'cloudflare', 'vercel']);

/** True when only programs on the same machine can reach the endpoint. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
