import { z } from 'zod';
import { readCoverage } from '../../query/coverage/read-coverage.js';
import { readDependencies } from '../../query/dependencies/read-dependencies.js';
import { makeHeatmap } from '../../query/durations/make-heatmap.js';
import { readLatency } from '../../query/durations/read-latency.js';
import { readErrorGroups } from '../../query/errors/read-error-groups.js';
import { readFacets } from '../../query/functions/read-facets.js';
import { readFunctions } from '../../query/functions/read-functions.js';
import { firstSliceMs } from '../../query/search/first-slice.js';
import {
  everyInvocation,
  type InvocationsFilter,
  readInvocations,
} from '../../query/search/read-invocations.js';
import { firstCursor, readPage } from '../../query/search/read-page.js';
import { everything as noDimensions } from '../../query/sli/dimensions.js';
import { readSums } from '../../query/sli/read-sums.js';
import { readSuggestions } from '../../query/suggest/read-suggestions.js';
import { readTrace } from '../../query/traces/read-trace.js';
import { coarsestFor, stepFor } from '../../query/window/step.js';
import { windowParts } from '../../query/window/window-parts.js';
import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { type Figure, timesOf } from './figure.js';

const hourMs = 3_600_000;
const times = 20;

const SOME = `
  SELECT function, environment, version, invocation_id, lower(hex(trace_id)) AS trace FROM invocations
  WHERE tenant = {tenant: String} AND started_at > {since: DateTime64(3, 'UTC')} AND invocation_id != ''
    AND reinterpretAsUInt64(span_id) % 10 = 0 ORDER BY cityHash64(span_id) LIMIT 40`;
const Some = z.object({
  function: z.string(),
  environment: z.string(),
  version: z.string(),
  invocation_id: z.string(),
  trace: z.string(),
});

/** A month of a tenant that ended at an instant. */
export type Month = { tenant: Tenant; until: Date };

/** How long the questions of the pages take, each with windows and functions that differ from round to round. */
export async function pageFigures(warehouse: Warehouse, { tenant, until: now }: Month): Promise<Figure[]> {
  const door = warehouse.forTenant(tenant);
  const some = await warehouse.query(
    SOME,
    { tenant, since: new Date(now.getTime() - 10 * 24 * hourMs) },
    Some,
  );
  const one = (round: number) => some[round % some.length] ?? some[0] ?? Some.parse({});
  // Windows end at odd milliseconds, so that the edges read single rows too.
  const window = (hours: number, round: number) => {
    const to = now.getTime() - 2 * hourMs - round * 61_234;
    return { from: new Date(to - hours * hourMs), to: new Date(to) };
  };
  const minutes = (hours: number, round: number) => {
    const { from, to } = window(hours, round);
    const whole = (at: Date) => new Date(Math.floor(at.getTime() / 60_000) * 60_000);
    return { from: whole(from), to: whole(to) };
  };
  const noFilter = { function: null, environment: null, version: null };
  const figures: Figure[] = [];
  const time = async (measure: string, work: (round: number) => Promise<unknown>, mostMs = 150) => {
    const { p50Ms, p95Ms, cpuMs } = await timesOf(times, work);
    figures.push({ measure: `${measure}, processor time`, value: cpuMs, unit: 'CPU-ms' });
    figures.push({ measure: `${measure}, p50`, value: p50Ms, unit: 'ms' });
    figures.push({ measure: `${measure}, p95`, value: p95Ms, unit: 'ms', aim: `at most ${mostMs}` });
  };
  const search = async (round: number, hours: number, filter: Partial<InvocationsFilter>) => {
    const request = {
      cursor: firstCursor(window(hours, round)),
      limit: 100,
      budgetMs: 30_000,
      nowMs: () => 0,
      firstSliceMs: firstSliceMs(filter),
    };
    return await readPage(
      (slice, options) => readInvocations(door, { ...everyInvocation, ...filter, ...slice }, options),
      request,
    );
  };
  const everything = { environment: null, version: null, region: null, cold: null, failed: null };
  for (const [name, hours] of [
    ['1 h', 1],
    ['24 h', 24],
    ['28 d', 28 * 24],
  ] as const) {
    await time(`functions, ${name}`, (round) =>
      readFunctions(door, { ...window(hours, round), environment: null, team: null, limit: 5000 }, now),
    );
    await time(`latency of a function, ${name}`, (round) => {
      const question = {
        ...everything,
        ...windowParts(window(hours, round), now),
        function: one(round).function,
      };
      return readLatency(door, { ...question, quantiles: [0.5, 0.95, 0.99], underMs: [300] }, now);
    });
    await time(`heatmap of a function, ${name}`, (round) => {
      const request = { ...everything, ...window(hours, round), function: one(round).function };
      return makeHeatmap(door, { ...request, columns: 120, rows: 40 }, now);
    });
    await time(`success of a function over time, ${name}`, (round) => {
      const stepMs = stepFor(window(hours, round), 120, 1);
      const parts = windowParts(window(hours, round), now, coarsestFor(stepMs));
      const of = { ...noDimensions, function: one(round).function, groupBy: ['version'], cold: null };
      return readSums(door, { ...of, ...parts, stepMs, most: 50_000, fromRows: false });
    });
    await time(`errors, ${name}`, (round) =>
      readErrorGroups(door, {
        ...noFilter,
        ...minutes(hours, round),
        stepMs: hourMs,
        q: '',
        fingerprint: null,
        limit: 100,
      }),
    );
    await time(`errors of a function, ${name}`, (round) => {
      const of = { ...noFilter, function: one(round).function };
      return readErrorGroups(door, {
        ...of,
        ...minutes(hours, round),
        stepMs: hourMs,
        q: '',
        fingerprint: null,
        limit: 100,
      });
    });
    await time(`calls of a function, ${name}`, (round) => {
      const of = { function: one(round).function, environment: null, peer: null, peerKind: null };
      return readDependencies(door, { ...of, ...minutes(hours, round), limit: 500 });
    });
    await time(`coverage of all functions, ${name}`, (round) => {
      const of = { function: null, environment: null, countedOnly: true, limit: 20_000 };
      return readCoverage(door, { ...of, ...minutes(hours, round), stepSeconds: 800 * 86_400 });
    });
    await time(`what functions can be filtered by, ${name}`, (round) =>
      readFacets(door, window(hours, round), now),
    );
  }
  await time('newest invocations', (round) => search(round, 24, {}));
  await time('newest invocations of a function', (round) =>
    search(round, 24, { function: one(round).function }),
  );
  await time('failed invocations of a function, 7 d', (round) =>
    search(round, 168, {
      function: one(round).function,
      environment: one(round).environment,
      outcome: 'error',
    }),
  );
  await time('invocations by text of their error, 7 d', (round) =>
    search(round, 168, { text: `order ${(round * 997) % 1000}` }),
  );
  await time('an invocation by its id, 28 d', (round) =>
    search(round, 28 * 24, { invocationId: one(round).invocation_id }),
  );
  await time('invocations of a trace, 28 d', (round) =>
    search(round, 28 * 24, { traceHex: one(round).trace }),
  );
  await time('a trace by its id', (round) => readTrace(door, one(round).trace, window(10 * 24, 0)), 30);
  await time('suggestions, 28 d', (round) =>
    readSuggestions(door, { ...window(28 * 24, round), environment: null }),
  );
  return figures;
}
