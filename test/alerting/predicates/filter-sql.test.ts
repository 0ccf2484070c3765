import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { filterSql } from '../../../alerting/predicates/filter-sql.js';
import type { Filter, Operand } from '../../../schemas/slo/filter/filter.js';
import { type FilterRow, holds } from '../../../schemas/slo/filter/holds.js';
import type { ParamValue, Warehouse } from '../../../warehouse/warehouse.js';
import { filterRow } from '../../support/filter-rows.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertSpans } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';

const texts = [
  '',
  'a',
  'ab',
  'a%b',
  'a_b',
  'A*b?',
  "it's",
  'x"y\\z',
  'ünïcode',
  '12',
  '-3.5',
  '1e3',
  ' 7',
  '0.1',
  'line\nbreak',
];
const numbers = [0, 1, 12, -3.5, 0.1, 0.9, 250, 131_072.5];
const keys = ['k', 'http.route', "odd'key", 'a"b'];
const text = fc.constantFrom(...texts);
const record = fc.dictionary(fc.constantFrom(...keys), text);

const told = fc.record({
  customer: text,
  errorMessage: text,
  version: text,
  trigger: fc.constantFrom('', 'http'),
  outcome: fc.constantFrom<'ok' | 'error' | 'timeout'>('ok', 'error', 'timeout'),
  durationMs: fc.constantFrom(0, 0.1, 12, 250, 131_072.5),
  initMs: fc.constantFrom(0, 250),
  eventAgeMs: fc.constantFrom(null, 0, 12),
  httpStatus: fc.constantFrom(0, 200, 404),
  memoryMb: fc.constantFrom(0, 100),
  memoryUsedMb: fc.constantFrom(0, 1, 90),
  attempt: fc.constantFrom(1, 12),
  cold: fc.boolean(),
  duplicate: fc.boolean(),
  attributes: record,
  tags: record,
});
const rows = fc.sample(told, { numRuns: 120, seed: 5 });

const operand: fc.Arbitrary<Operand> = fc.oneof(
  fc.constantFrom<Operand>(
    { kind: 'field', name: 'customer' },
    { kind: 'field', name: 'errorMessage' },
    { kind: 'field', name: 'version' },
  ),
  fc
    .constantFrom('attribute', 'tag')
    .chain((kind) => fc.constantFrom(...keys).map((key): Operand => ({ kind, key }))),
);
const number: fc.Arbitrary<Operand> = fc.oneof(
  fc
    .constantFrom(
      'durationMs',
      'initMs',
      'eventAgeMs',
      'httpStatus',
      'memoryMb',
      'memoryUsedMb',
      'memoryUsedRatio',
      'attempt',
    )
    .map((name): Operand => ({ kind: 'field', name })),
  fc.constantFrom(...keys).map((key): Operand => ({ kind: 'attribute', key })),
);
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('compare' as const), operand, by: fc.constantFrom('==', '!='), value: text }),
  fc.record({
    kind: fc.constant('compare' as const),
    operand: number,
    by: fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
    value: fc.constantFrom(...numbers),
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    operand: fc.constantFrom<Operand>({ kind: 'field', name: 'cold' }, { kind: 'field', name: 'duplicate' }),
    by: fc.constantFrom('==', '!='),
    value: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    operand,
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('like' as const),
    operand,
    glob: fc.constantFrom('*', 'a*', '*b', 'a_b', 'a%b', '?b', '*\\*', "*'*", 'ü*'),
  }),
  fc.record({ kind: fc.constant('exists' as const), operand: fc.oneof(operand, number) }),
);
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      parts: fc.array(tie('filter'), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('filter') }),
  ),
}));

let warehouse: Warehouse;
let close: () => Promise<void>;
const at = new Date(Date.now() - 3_600_000);
const idOf = (index: number) => (index + 1).toString(16).padStart(16, '0');
const traceOf = (index: number) => (index + 1).toString(16).padStart(32, 'c');

before(async () => {
  ({ warehouse, close } = await openMigrated());
  await insertInvocations(
    warehouse,
    rows.map(({ initMs, eventAgeMs, ...row }, index) => ({
      function: 'f',
      startedAt: at,
      spanId: idOf(index),
      traceId: traceOf(index),
      ...row,
      initMs,
      ...(eventAgeMs === null ? {} : { eventAgeMs }),
    })),
  );
  await insertSpans(
    warehouse,
    rows.map(({ attributes, durationMs }, index) => ({
      tenant: 'default',
      traceId: traceOf(index),
      spanId: idOf(index),
      name: 'run',
      startedAt: at,
      durationMs,
      attributes,
    })),
  );
});
after(async () => {
  await close();
});

function seen(row: (typeof rows)[number]): FilterRow {
  const orNull = <Value>(value: Value, isNothing: Value) => (value === isNothing ? null : value);
  const { memoryMb, memoryUsedMb } = row;
  return filterRow({
    ...row,
    customer: orNull(row.customer, ''),
    errorMessage: orNull(row.errorMessage, ''),
    version: orNull(row.version, ''),
    trigger: orNull(row.trigger, ''),
    initMs: orNull(row.initMs, 0),
    httpStatus: orNull(row.httpStatus, 0),
    memoryMb: orNull(memoryMb, 0),
    memoryUsedMb: orNull(memoryUsedMb, 0),
    memoryUsedRatio: memoryMb > 0 && memoryUsedMb > 0 ? memoryUsedMb / memoryMb : null,
  });
}

test('the engine and this program say the same of every filter and row', async () => {
  const filters = fc.sample(filter, { numRuns: 300, seed: 20_261_128 });
  let held = 0;
  for (let from = 0; from < filters.length; from += 30) {
    const params: Record<string, ParamValue> = {};
    const written = filters.slice(from, from + 30).map((one, index) => {
      const { sql, params: more } = filterSql(one, `f${index}_`);
      Object.assign(params, more);
      return `toBool(${sql})`;
    });
    const found = await warehouse.query(
      `SELECT lower(hex(i.span_id)) AS id, [${written.join(', ')}] AS answers
       FROM invocations AS i LEFT ANY JOIN (SELECT span_id, attributes FROM spans) AS s ON i.span_id = s.span_id
       SETTINGS precise_float_parsing = 1`,
      params,
      z.object({ id: z.string(), answers: z.array(z.boolean()) }),
    );
    assert.equal(found.length, rows.length);
    for (const { id, answers } of found) {
      const row = rows[Number.parseInt(id, 16) - 1] ?? assert.fail();
      const expected = filters.slice(from, from + 30).map((one) => holds(one, seen(row)));
      held += expected.filter(Boolean).length;
      for (const [index, answer] of answers.entries())
        assert.equal(
          answer,
          expected[index],
          `${JSON.stringify(filters[from + index])} of ${JSON.stringify(row)}`,
        );
    }
  }
  assert.ok(held > 1000 && held < filters.length * rows.length - 1000, 'the filters tell nothing apart');
});

test('nothing an author writes gets into the statement', () => {
  const evil = "'; DROP TABLE invocations; --";
  const { sql, params } = filterSql(
    {
      kind: 'any',
      parts: [
        { kind: 'compare', operand: { kind: 'attribute', key: evil }, by: '==', value: evil },
        { kind: 'like', operand: { kind: 'tag', key: evil }, glob: evil },
      ],
    },
    'p',
  );
  assert.doesNotMatch(sql, /DROP/);
  assert.ok(Object.values(params).filter((value) => value === evil).length >= 3);
});
