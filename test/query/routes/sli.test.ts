import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../../../http/create-app.js';
import { sliRoutes } from '../../../query/routes/sli.js';
import { defaultTenant } from '../../../schemas/access.js';
import { Problem } from '../../../schemas/problem.js';

const app = createApp({
  newId: () => 'id',
  logger: false,
  authenticate: async () => ({ tenant: defaultTenant, role: 'viewer', keyId: null }),
});
// What is refused never gets as far as the warehouse.
const untouched = { tenant: defaultTenant, query: fails, stream: fails };
function fails(): never {
  throw new Error('The warehouse was asked');
}
before(async () => {
  await sliRoutes(
    { now: () => new Date(), openTenant: () => untouched },
    { metrics: [], deadLetter: [] },
  )(app);
});
after(async () => {
  await app.close();
});

const refused: readonly [query: string, status: number, says: RegExp][] = [
  ['sli=succes', 400, /success/],
  ['sli=success&funktion=x', 400, /funktion/],
  ['sli=success&groupBy=shoe', 400, /must be of function, environment/],
  ['sli=coverage&groupBy=version', 400, /coverage is not known by version; it is by function, environment/],
  ['sli=success&thresholdMs=3', 400, /thresholdMs says nothing to success: it takes coldStarts/],
  ['sli=latency&quantiles=2', 400, /above 0 up to 1/],
  ['sli=success&compare=previous&compareVersion=v1', 400, /either compare or compareVersion/],
  ['sli=success&customer=a&windowMs=5184000000', 422, /Only single invocations tell success by customer/],
  ['sli=success&tag=tier', 400, /KEY=VALUE/],
  ['sli=availability&slice=7m', 400, /divide an hour/],
];
for (const [query, status, says] of refused)
  test(`${query} is refused with a sentence`, async () => {
    const response = await app.inject({ url: `/api/v1/sli?${query}` });
    assert.equal(response.statusCode, status, response.body);
    assert.match(Problem.parse(response.json()).message, says);
  });
