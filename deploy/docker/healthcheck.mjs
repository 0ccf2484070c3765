// The container's health check: the slim image has no curl. Exits 0 when /healthz answers 2xx, else 1 with a sentence.
import process from 'node:process';

const configured = process.env.COLDBURN_HTTP ?? '127.0.0.1:8080';
const colon = configured.lastIndexOf(':');
const host = configured.slice(0, colon);
const port = configured.slice(colon + 1);
// A wildcard is an address to listen on, not one to call.
const callable = host === '0.0.0.0' || host === '[::]' || host === '' ? '127.0.0.1' : host;
const url = `http://${callable}:${port}/healthz`;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(4000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
} catch (error) {
  const reason = error.cause?.code ?? error.message;
  process.stderr.write(`coldburn: ${url} does not answer well: ${reason}\n`);
  process.exitCode = 1;
}
