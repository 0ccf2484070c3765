import assert from 'node:assert/strict';
import { z } from 'zod';
import type { ZodApp } from '../../schemas/zod-http.js';

const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean() });
const Operation = z.object({
  'x-coldburn-needs': z.string(),
  parameters: z.array(Parameter),
  responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.unknown()).default({}) })),
});
const Paths = z.object({ paths: z.record(z.string(), z.object({ get: Operation.optional() })) });

export type TwoTenants = {
  app: ZodApp;
  /** Keys of two tenants, of a role that may call every GET endpoint. */
  keyA: string;
  keyB: string;
  /** Texts that only rows of tenant A contain. */
  markers: readonly string[];
  /** What to send for a parameter: by `path name`, else by its name. Every required one must be known. */
  parameters: Readonly<Record<string, string>>;
};

export type Probed = { path: string; seenByA: boolean };

/**
 * Calls every GET endpoint of the OpenAPI document as tenant A, whose rows carry markers, and as tenant B, and fails
 * when B is shown one. An endpoint it cannot call properly fails too, so a new one cannot slip by untested.
 * Answers where A did see its marker, for the caller to check that the probe looked in the right places.
 */
export async function probeTwoTenants({
  app,
  keyA,
  keyB,
  markers,
  parameters,
}: TwoTenants): Promise<Probed[]> {
  const { paths } = Paths.parse((await app.inject('/api/v1/openapi.json')).json());
  const probed: Probed[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (get === undefined || get['x-coldburn-needs'] === 'public' || isStream(get)) continue;
    const url = fillUrl(path, get.parameters, parameters);
    const call = (key: string) => app.inject({ url, headers: { authorization: `Bearer ${key}` } });
    const shown = (answer: { headers: unknown; body: string }) =>
      markers.filter((marker) => (JSON.stringify(answer.headers) + answer.body).includes(marker));
    const asA = await call(keyA);
    assert.equal(asA.statusCode, 200, `GET ${url} as the owner answers ${asA.statusCode}: ${asA.body}`);
    const asB = await call(keyB);
    assert.ok(
      [200, 404].includes(asB.statusCode),
      `GET ${url} as the other tenant answers ${asB.statusCode}`,
    );
    // A 404 repeats the id that was asked for; that is the asker's own text and not the owner's row.
    const asked = new Set(markers.filter((marker) => url.includes(encodeURIComponent(marker))));
    const leaked = shown(asB).filter((marker) => asB.statusCode === 200 || !asked.has(marker));
    assert.deepEqual(leaked, [], `GET ${url} shows tenant A's rows to tenant B`);
    probed.push({ path, seenByA: shown(asA).length > 0 });
  }
  return probed;
}

/** Never-ending answers are for a test that reads events. */
function isStream(operation: z.infer<typeof Operation>): boolean {
  return Object.values(operation.responses).some(({ content }) => 'text/event-stream' in content);
}

function fillUrl(
  path: string,
  declared: readonly z.infer<typeof Parameter>[],
  values: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, required } of declared) {
    const value = values[`${path} ${name}`] ?? values[name];
    if (value === undefined) {
      assert.ok(!required, `GET ${path} requires "${name}": tell the two-tenant test what to send for it`);
    } else if (place === 'path') url = url.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === 'query') query.set(name, value);
  }
  return query.size === 0 ? url : `${url}?${query}`;
}
