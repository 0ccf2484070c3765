import { z } from 'zod';
import { httpUrl } from './http-url.js';
import { SecretSource } from './secret-source.js';

/** Where Coldburn sends its own traces. */
export const Telemetry = z.strictObject({
  endpoint: httpUrl({ path: true, credentialsGoTo: 'telemetry.headers', pathGoesTo: '' })
    .nullable()
    .prefault(null)
    .describe(
      'OTLP/HTTP base address that Coldburn sends its own traces to; /v1/traces is added. Off without it.',
    ),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, { error: 'must be a valid HTTP header name' }),
      SecretSource,
      { error: 'must be a map of header names to values' },
    )
    .prefault({})
    .describe(
      'Headers sent with own traces, such as an API key. Values are secrets: text, {file: PATH} or {env: NAME}.',
    ),
});
