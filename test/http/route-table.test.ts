import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KnownRoute, methodsAt } from '../../http/route-table.js';

function route(method: string, url: string): KnownRoute {
  return { method, url, needs: 'public', summary: null, produces: 'application/json', schema: {} };
}
const routes = [
  route('GET', '/slos'),
  route('PUT', '/slos/:sloId'),
  route('GET', '/slos/:sloId'),
  route('GET', '/assets/*'),
];
const cases = [
  { path: '/slos', methods: ['GET'] },
  { path: '/slos/a', methods: ['GET', 'PUT'] },
  { path: '/slos/', methods: [] },
  { path: '/slos/a/b', methods: [] },
  { path: '/assets/a/b.js', methods: ['GET'] },
  { path: '/assets', methods: [] },
  { path: '/other', methods: [] },
];
for (const { path, methods } of cases)
  test(`methodsAt: ${path} answers ${methods.join(', ') || 'nothing'}`, () =>
    assert.deepEqual(methodsAt(routes, path), methods));
