import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholders } from '../../../warehouse/statement/placeholders.js';

const cases = [
  { name: 'finds each once', sql: 'SELECT {a: String}, {b:Array(UInt8)}, { a : String }', names: ['a', 'b'] },
  {
    name: 'skips literals',
    sql: `SELECT '{a: String}', 'it\\'s {b: String}', 'it''s {c: String}', {d: String}`,
    names: ['d'],
  },
  { name: 'skips quoted names', sql: 'SELECT "{a: String}", `{b: String}`, {c: String}', names: ['c'] },
  { name: 'skips comments', sql: 'SELECT 1 -- {a: String}\n, {b: String} /* {c: String} */', names: ['b'] },
  { name: 'a quote in a comment opens nothing', sql: "SELECT 1 -- it's\n, {a: String}", names: ['a'] },
  {
    name: 'a comment in a literal opens nothing',
    sql: "SELECT '--', {a: String}, '/*', {b: String}",
    names: ['a', 'b'],
  },
  { name: 'a map is no placeholder', sql: "SELECT map('k', 1), {a: Map(String, UInt8)}", names: ['a'] },
];
for (const { name, sql, names } of cases) {
  test(`placeholders: ${name}`, () => assert.deepEqual([...placeholders(sql)], names));
}
