import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertStructure, readStructure } from '../../../warehouse/statement/insert-sql.js';

const columns = [
  { name: 'label', type: 'LowCardinality(String)' },
  { name: 'tags', type: 'Map(LowCardinality(String), String)' },
  { name: 'at', type: "DateTime64(3, 'UTC')" },
];

test('insertStructure: columns as the table declares them', () => {
  assert.equal(
    insertStructure({ columns }),
    "`label` LowCardinality(String), `tags` Map(LowCardinality(String), String), `at` DateTime64(3, 'UTC')",
  );
});

test('readStructure: texts of a dictionary are read as plain ones, inside maps too', () => {
  assert.equal(
    readStructure({ columns }),
    "`label` String, `tags` Map(String, String), `at` DateTime64(3, 'UTC')",
  );
});
