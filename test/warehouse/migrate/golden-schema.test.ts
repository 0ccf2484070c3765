import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { goldenFiles, lineDiff } from './golden-schema.js';

for (const { url, make } of goldenFiles) {
  const name = url.pathname.split('/').at(-1) ?? '';
  test(`golden: ${name} is the schema the migrations make`, async () => {
    const expected = await readFile(url, 'utf8');
    const diff = lineDiff(expected, await make());
    assert.equal(
      diff.length,
      0,
      `test/golden/${name} differs; if that is meant, run "node bin/golden.mjs" and review the change:\n${diff.join('\n')}`,
    );
  });
}

test('lineDiff: names exactly the lines that came and went', () => {
  assert.deepEqual(lineDiff('a\nb\nc', 'a\nc\nd'), ['- 2: b', '+ 3: d']);
  assert.deepEqual(lineDiff('same\n', 'same\n'), []);
});
