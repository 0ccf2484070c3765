import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { Problem } from '../../schemas/problem.js';
import type { KnownRoute } from '../route-table.js';
import { type Direction, type Json, mergeDirections, propertiesOf, toJsonSchema } from './json-schema.js';

export type OpenApiInfo = { title: string; version: string };

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key: cbk_…' },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The same key, for SDKs that cannot send Authorization',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'coldburn_session',
    description: 'Set by POST /api/v1/session',
  },
};
const problemAnswers: Record<string, string> = {
  400: 'A field is missing or wrong; the message names it',
  401: 'No valid key came with the request',
  403: 'The key may not do this',
  default: 'Any other refusal',
};

/** Draws the OpenAPI 3.1 document of an app from what its routes declared: nothing in it is written twice. */
export function openApiDocument(routes: readonly KnownRoute[], info: OpenApiInfo): Json {
  const found: Json = {};
  const convert = (schema: unknown, direction: Direction): Json => {
    if (!(schema instanceof z.ZodType)) return {};
    const { root, components } = toJsonSchema(schema, direction);
    Object.assign(found, components);
    return root;
  };
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    if (route.method === 'HEAD' && routes.some((r) => r.method === 'GET' && r.url === route.url)) continue;
    const path = pathTemplate(route.url);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, convert, found) };
  }
  const { document, components } = mergeDirections({ paths }, found);
  return { openapi: '3.1.0', info, ...document, components: { schemas: components, securitySchemes } };
}

/** `/slos/:sloId/*` is `/slos/{sloId}/{path}` in OpenAPI. */
function pathTemplate(url: string): string {
  return url.replace(/:([A-Za-z0-9_]+)/g, '{$1}').replace(/\*$/, '{path}');
}

function operation(
  route: KnownRoute,
  convert: (schema: unknown, direction: Direction) => Json,
  found: Json,
): Json {
  const parameters = (schema: unknown, place: string) =>
    propertiesOf(convert(schema, 'input'), found).map((property) => ({
      name: property.name,
      in: place,
      required: place === 'path' || property.isRequired,
      schema: property.schema,
    }));
  const inPath = parameters(route.schema.params, 'path');
  for (const [, name = ''] of pathTemplate(route.url).matchAll(/\{([^}]+)\}/g))
    if (!inPath.some((parameter) => parameter.name === name))
      inPath.push({ name, in: 'path', required: true, schema: { type: 'string' } });
  const hasBody = route.schema.body !== undefined;
  const segments = route.url.split('/').filter((segment) => segment !== '');
  return {
    operationId: operationId(route),
    ...(route.summary === null ? {} : { summary: route.summary }),
    tags: [(segments[0] === 'api' ? segments[2] : segments[0]) ?? 'app'],
    security: route.needs === 'public' ? [] : [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    'x-coldburn-needs': route.needs,
    parameters: [
      ...inPath,
      ...parameters(route.schema.querystring, 'query'),
      ...parameters(route.schema.headers, 'header'),
    ],
    ...(hasBody
      ? { requestBody: { required: true, content: json(convert(route.schema.body, 'input')) } }
      : {}),
    responses: answers(route, convert),
  };
}

/** `getApiV1SlosSloIdBudget`: clients generated from the document use it as the name of the call. */
function operationId(route: KnownRoute): string {
  const words = route.url.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return [
    route.method.toLowerCase(),
    ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
}

function answers(route: KnownRoute, convert: (schema: unknown, direction: Direction) => Json): Json {
  const { params, querystring, headers, body, response } = route.schema;
  const refusals = [
    ...([params, querystring, headers, body].some((part) => part !== undefined) ? ['400'] : []),
    ...(route.needs === 'public' ? [] : ['401', '403']),
    'default',
  ];
  const all: Json = {};
  for (const status of refusals)
    all[status] = { description: problemAnswers[status], content: json(convert(Problem, 'output')) };
  const declared = typeof response === 'object' && response !== null ? Object.entries(response) : [];
  for (const [status, schema] of declared) {
    const isEmpty = status === '204' || status === '304';
    const type = status.startsWith('2') ? route.produces : 'application/json';
    all[status.toUpperCase()] = {
      description:
        (schema instanceof z.ZodType ? schema.description : undefined) ?? STATUS_CODES[status] ?? 'Answer',
      ...(isEmpty ? {} : { content: { [type]: { schema: convert(schema, 'output') } } }),
    };
  }
  if (!declared.some(([status]) => status.startsWith('2')))
    all['200'] = { description: 'OK', content: { [route.produces]: { schema: {} } } };
  return all;
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}
