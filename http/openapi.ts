import { z } from 'zod';
import type { ZodApp } from '../schemas/zod-http.js';
import { type OpenApiInfo, openApiDocument } from './openapi/document.js';
import type { KnownRoute } from './route-table.js';

const schema = { response: { 200: z.record(z.string(), z.unknown()) } };

/** Serves the document of all routes. It is drawn at the first request, when every plugin has registered its routes. */
export function serveOpenApi(app: ZodApp, routes: readonly KnownRoute[], info: OpenApiInfo): void {
  const config = { needs: 'public', summary: 'This document: every endpoint, in OpenAPI 3.1' } as const;
  let drawn: Record<string, unknown> | null = null;
  app.get('/api/v1/openapi.json', { config, schema }, async () => {
    const document = drawn ?? openApiDocument(routes, info);
    drawn = document;
    return document;
  });
}
