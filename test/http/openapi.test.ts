import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { createApp } from '../../http/create-app.js';
import { type Access, defaultTenant } from '../../schemas/access.js';
import type { ZodApp } from '../../schemas/zod-http.js';

const Row = z
  .object({ name: z.string(), seenAt: z.date(), share: z.number().nullable() })
  .meta({ id: 'Row' });
const Draft = z.object({ title: z.string(), limit: z.number().default(5) }).meta({ id: 'Draft' });

/** What OpenAPI 3.1 asks of a document, for the parts this project uses. */
const openApiBasics = {
  type: 'object',
  required: ['openapi', 'info', 'paths', 'components'],
  properties: {
    openapi: { const: '3.1.0' },
    info: {
      type: 'object',
      required: ['title', 'version'],
      properties: { title: { type: 'string' }, version: { type: 'string' } },
    },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/[^:*]*$' },
      additionalProperties: {
        type: 'object',
        propertyNames: { enum: ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] },
        additionalProperties: { $ref: '#/$defs/operation' },
      },
    },
    components: {
      type: 'object',
      required: ['schemas', 'securitySchemes'],
      properties: { schemas: { propertyNames: { pattern: '^[A-Za-z0-9._-]+$' } } },
    },
  },
  $defs: {
    operation: {
      type: 'object',
      required: ['operationId', 'responses', 'security'],
      properties: {
        operationId: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
        parameters: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'in', 'schema'],
            properties: { in: { enum: ['query', 'header', 'path', 'cookie'] } },
            anyOf: [
              { properties: { in: { enum: ['query', 'header', 'cookie'] } } },
              { properties: { in: { const: 'path' }, required: { const: true } }, required: ['required'] },
            ],
          },
        },
        responses: {
          type: 'object',
          minProperties: 1,
          propertyNames: { pattern: '^([1-5][0-9][0-9]|[1-5]XX|default)$' },
          additionalProperties: { type: 'object', required: ['description'] },
        },
        security: { type: 'array' },
      },
    },
  },
};

const OpenApi = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        summary: z.string().optional(),
        security: z.array(z.record(z.string(), z.array(z.string()))),
        'x-coldburn-needs': z.string(),
        parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() }).loose()),
        requestBody: z.unknown().optional(),
        responses: z.record(z.string(), z.object({ content: z.unknown().optional() })),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()), securitySchemes: z.unknown() }),
});

const access: Access = { tenant: defaultTenant, role: 'admin', keyId: null };

function sampleApp(): ZodApp {
  const app = createApp({
    newId: () => 'id',
    logger: false,
    authenticate: async () => access,
    openApi: { title: 'Coldburn', version: '1.2.3' },
  });
  app.get(
    '/api/v1/rows/:rowId',
    {
      config: { needs: 'viewer', summary: 'One row' },
      schema: {
        params: z.object({ rowId: z.string() }),
        querystring: z.object({ from: z.coerce.date(), limit: z.coerce.number().int().default(10) }),
        response: { 200: Row },
      },
    },
    async () => ({ name: 'a', seenAt: new Date(0), share: null }),
  );
  app.post(
    '/api/v1/drafts',
    { config: { needs: 'operator' }, schema: { body: Draft, response: { 201: Draft } } },
    async (request, reply) => reply.code(201).send(request.body),
  );
  app.get('/metrics', { config: { needs: 'viewer', produces: 'text/plain' } }, async () => '');
  app.get('/assets/*', { config: { needs: 'public' } }, async () => '');
  return app;
}

function operationAt(paths: z.infer<typeof OpenApi>['paths'], method: string, path: string) {
  const operation = paths[path]?.[method];
  assert.ok(operation !== undefined, `${method} ${path} is not in the document`);
  return operation;
}

async function readDocument(app: ZodApp) {
  const answer = await app.inject('/api/v1/openapi.json');
  assert.equal(answer.statusCode, 200);
  return answer;
}

test('openapi: the document keeps the rules of OpenAPI 3.1', async () => {
  const app = sampleApp();
  const document: unknown = (await readDocument(app)).json();
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(openApiBasics);
  assert.equal(validate(document), true, JSON.stringify(validate.errors, null, 1));
  await app.close();
});

test('openapi: every schema in it is valid JSON Schema 2020-12 and every reference leads somewhere', async () => {
  const app = sampleApp();
  const text = (await readDocument(app)).body;
  const { components } = OpenApi.parse(JSON.parse(text));
  const ajv = new Ajv2020({ strict: false });
  for (const [name, schema] of Object.entries(components.schemas))
    assert.equal(ajv.validateSchema(z.record(z.string(), z.unknown()).parse(schema)), true, name);
  const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  assert.ok(refs.includes('Row') && refs.includes('Problem'));
  for (const name of refs) assert.ok(name !== undefined && name in components.schemas, name);
  await app.close();
});

test('openapi: every route of the app is in it', async () => {
  const app = sampleApp();
  const { paths } = OpenApi.parse((await readDocument(app)).json());
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  assert.deepEqual(listed.sort(), [
    'get /api/v1/openapi.json',
    'get /api/v1/rows/{rowId}',
    'get /assets/{path}',
    'get /metrics',
    'post /api/v1/drafts',
  ]);
  await app.close();
});

test('openapi: a route tells its summary, role, parameters and every answer', async () => {
  const app = sampleApp();
  const { paths } = OpenApi.parse((await readDocument(app)).json());
  const route = operationAt(paths, 'get', '/api/v1/rows/{rowId}');
  assert.equal(route.summary, 'One row');
  assert.equal(route['x-coldburn-needs'], 'viewer');
  assert.deepEqual(
    route.security.flatMap((s) => Object.keys(s)),
    ['bearer', 'apiKey', 'session'],
  );
  assert.deepEqual(Object.keys(route.responses).sort(), ['200', '400', '401', '403', 'default']);
  assert.deepEqual(
    route.parameters.map((p) => `${p.in} ${p.name} ${p.required}`),
    ['path rowId true', 'query from true', 'query limit false'],
  );
  assert.deepEqual(operationAt(paths, 'get', '/assets/{path}').security, []);
  assert.deepEqual(Object.keys(Object(operationAt(paths, 'get', '/metrics').responses[200]?.content)), [
    'text/plain',
  ]);
  await app.close();
});

test('openapi: a shape that differs sent and received has two names, one that does not has one', async () => {
  const app = sampleApp();
  const { components } = OpenApi.parse((await readDocument(app)).json());
  assert.deepEqual(Object.keys(components.schemas).sort(), ['Draft', 'DraftInput', 'Problem', 'Row']);
  await app.close();
});
