import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { z } from 'zod';
import { type AppOptions, createApp } from '../../http/create-app.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodApp } from '../../schemas/zod-http.js';

const Echo = z.object({
  limit: z.coerce.number().int().max(100).default(10),
  from: z.coerce.date().optional(),
});
const Item = z.object({
  name: z.string().min(1),
  tags: z.array(z.string()).default([]),
  secret: z.string().max(3).optional(),
});

function sampleApp(options: Partial<AppOptions> = {}): ZodApp {
  const app = createApp({ newId: () => 'made-id', logger: false, ...options });
  const config = { needs: 'public' } as const;
  app.get('/echo', { config, schema: { querystring: Echo, response: { 200: Echo } } }, async (r) => r.query);
  app.post('/items', { config, schema: { body: Item, response: { 201: Item } } }, async (request, reply) =>
    reply.code(201).send(request.body),
  );
  app.delete('/items/:id', { config }, async (_request, reply) => reply.code(204).send());
  app.get('/broken-answer', { config, schema: { response: { 200: Item } } }, async () => ({ name: '' }));
  app.get('/throws', { config }, async () => {
    throw new Error('the password is hunter2');
  });
  app.get('/busy', { config }, async () => {
    throw new ProblemError('UNAVAILABLE', 'The spool is full.', { retryAfterSeconds: 7 });
  });
  return app;
}

type Refused = {
  name: string;
  call: InjectOptions;
  status: number;
  code: Problem['code'];
  message: RegExp;
  headers?: Record<string, string>;
};

const json = { 'content-type': 'application/json' };
const refused: Refused[] = [
  {
    name: 'a wrong query parameter is named, with what was expected and what came',
    call: { url: '/echo?limit=many' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /^The query parameter "limit" is not right: expected number, got "many"\.$/,
  },
  {
    name: 'an impossible date is named',
    call: { url: '/echo?from=yesterdayish' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /query parameter "from".*expected date.*"yesterdayish"/,
  },
  {
    name: 'a bound that was crossed is told',
    call: { url: '/echo?limit=101' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /"limit".*<=100.*"101"/,
  },
  {
    name: 'a missing body field is named',
    call: { method: 'POST', url: '/items', headers: json, payload: '{}' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /^The body field "name" is missing: expected string\.$/,
  },
  {
    name: 'a nested body field is named by its path',
    call: { method: 'POST', url: '/items', payload: { name: 'a', tags: ['x', 5] } },
    status: 400,
    code: 'BAD_REQUEST',
    message: /"tags\[1\]".*expected string, got 5/,
  },
  {
    name: 'the value of a secret field is not repeated',
    call: { method: 'POST', url: '/items', payload: { name: 'a', secret: 'hunter2' } },
    status: 400,
    code: 'BAD_REQUEST',
    message: /^(?!.*hunter2).*"secret"/,
  },
  {
    name: 'no body at all is told as such',
    call: { method: 'POST', url: '/items' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /^The body is missing/,
  },
  {
    name: 'bad JSON is told as such',
    call: { method: 'POST', url: '/items', headers: json, payload: '{"name":' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /not valid JSON/,
  },
  {
    name: 'a form from a foreign page is not read',
    call: { method: 'POST', url: '/items', headers: { 'content-type': 'text/plain' }, payload: '{}' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: /text\/plain/,
  },
  {
    name: 'a body above the limit is refused by size',
    call: { method: 'POST', url: '/items', payload: { name: 'x'.repeat(3000) } },
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    message: /larger/,
  },
  {
    name: 'an unknown path is NOT_FOUND',
    call: { url: '/nowhere?x=1' },
    status: 404,
    code: 'NOT_FOUND',
    message: /^Nothing answers at \/nowhere\.$/,
  },
  {
    name: 'a known path with another method names the methods',
    call: { method: 'PUT', url: '/items/7' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: /PUT/,
    headers: { allow: 'DELETE' },
  },
  {
    name: 'HEAD counts among the methods of a GET',
    call: { method: 'DELETE', url: '/echo' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: /DELETE/,
    headers: { allow: 'GET, HEAD' },
  },
  {
    name: 'a path with a broken escape is a bad request',
    call: { url: '/items/%zz' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /percent/,
  },
  {
    name: 'an unexpected failure leaks nothing',
    call: { url: '/throws' },
    status: 500,
    code: 'INTERNAL',
    message: /^(?!.*hunter2)/,
  },
  {
    name: 'an answer that breaks its schema is our failure',
    call: { url: '/broken-answer' },
    status: 500,
    code: 'INTERNAL',
    message: /failed/,
  },
  {
    name: 'an expected refusal says when to come back',
    call: { url: '/busy' },
    status: 503,
    code: 'UNAVAILABLE',
    message: /^The spool is full\.$/,
    headers: { 'retry-after': '7' },
  },
];
for (const { name, call, status, code, message, headers } of refused) {
  test(`createApp: ${name}`, async () => {
    const app = sampleApp({ bodyLimitBytes: 2000 });
    const answer = await app.inject(call);
    assert.equal(answer.statusCode, status);
    const problem = Problem.parse(answer.json());
    assert.equal(problem.code, code);
    assert.match(problem.message, message);
    assert.ok(problem.remedy.length > 10);
    assert.equal(problem.requestId, 'made-id');
    assert.equal(answer.headers['x-request-id'], 'made-id');
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
    for (const [header, value] of Object.entries(headers ?? {})) assert.equal(answer.headers[header], value);
    await app.close();
  });
}

test('createApp: input arrives parsed and the answer leaves through its schema', async () => {
  const app = sampleApp();
  const answer = await app.inject('/echo?from=2026-01-02T03:04:05Z&other=1');
  assert.deepEqual(answer.json(), { limit: 10, from: '2026-01-02T03:04:05.000Z' });
  await app.close();
});

test('createApp: HEAD answers like GET, without a body', async () => {
  const app = sampleApp();
  const answer = await app.inject({ method: 'HEAD', url: '/echo' });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.body, '');
  await app.close();
});

const requestIds = [
  { name: 'a sane id is kept', sent: 'abc-123.4:5', expected: 'abc-123.4:5' },
  { name: 'an id with spaces is replaced', sent: 'a b', expected: 'made-id' },
  { name: 'an overlong id is replaced', sent: 'a'.repeat(129), expected: 'made-id' },
  { name: 'an empty id is replaced', sent: '', expected: 'made-id' },
];
for (const { name, sent, expected } of requestIds) {
  test(`createApp: ${name}`, async () => {
    const app = sampleApp();
    const answer = await app.inject({ url: '/echo', headers: { 'x-request-id': sent } });
    assert.equal(answer.headers['x-request-id'], expected);
    await app.close();
  });
}

test('createApp: a route that does not say who may call it stops the start-up', async () => {
  const app = createApp({ newId: () => 'id', logger: false });
  app.register(async (scope) => {
    scope.get('/forgotten', async () => 'open to all by oversight');
  });
  await assert.rejects(async () => app.ready(), /GET \/forgotten does not say who may call it/);
});

test('createApp: a route that needs a role stops the start-up when nobody would guard it', () => {
  const app = createApp({ newId: () => 'id', logger: false });
  const register = () => app.get('/secret', { config: { needs: 'viewer' } }, async () => 'unguarded');
  assert.throws(
    register,
    /GET \/secret needs the role viewer, but this app was created without authenticate/,
  );
});

test('createApp: failures of a lower floor are described by the injected mapping', async () => {
  const app = sampleApp({ describeError: () => new ProblemError('QUERY_LIMIT', 'Too large a question.') });
  const answer = await app.inject('/throws');
  assert.equal(answer.statusCode, 422);
  assert.equal(answer.json().message, 'Too large a question.');
  await app.close();
});

test('createApp: every answer is observed by route pattern, refusals included', async () => {
  const seen: string[] = [];
  const app = sampleApp({ observe: (a) => seen.push(`${a.method} ${a.route ?? '-'} ${a.status}`) });
  await app.inject({ method: 'DELETE', url: '/items/7' });
  await app.inject('/nowhere');
  await app.inject('/throws');
  assert.deepEqual(seen, ['DELETE /items/:id 204', 'GET - 404', 'GET /throws 500']);
  await app.close();
});

test('createApp: an unexpected failure is logged under its request id, with its cause, once', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const app = sampleApp({ logger });
  await app.inject('/throws?key=cbk_secret');
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0] ?? '');
  assert.equal(line.requestId, 'made-id');
  assert.match(line.err.message, /hunter2/);
  assert.ok(!lines[0]?.includes('cbk_secret'), 'the URL may hold secrets and is not logged');
  await app.close();
});

test('createApp: forwarded addresses are believed only from whom was named', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
  for (const [trustProxy, expected] of [
    [false, '127.0.0.1 http'],
    [['127.0.0.1'], '203.0.113.9 https'],
  ] as const) {
    const app = sampleApp({ trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy] });
    app.get('/who', { config: { needs: 'public' } }, async (request) => `${request.ip} ${request.protocol}`);
    assert.equal((await app.inject({ url: '/who', headers })).body, expected);
    await app.close();
  }
});
