import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cost } from '../../../cli/commands/cost.js';
import { UsageError } from '../../../cli/parse-command-args.js';
import { PriceAnswer } from '../../../schemas/cost/price.js';
import { fakeContext } from '../support/fake-context.js';

const profile = 'provider: aws\nregion: us-east-1\nmemoryMb: 1536\ndurationMs: 120\ncount: 3000000\n';

test('cost price: a profile in YAML is priced line by line', async () => {
  const { context, out, err } = fakeContext({ files: { 'p.yaml': profile } });
  assert.equal(await cost.run(['price', 'p.yaml'], context), 0);
  assert.deepEqual(err, []);
  assert.match(out.join('\n'), /lambda duration .* 540000 GB-s +0\.0000166667 +9\.000018/);
  assert.match(out.join('\n'), /after the free grant 2\.733338 USD/);
});

test('cost price --json: the same answer as the API gives', async () => {
  const { context, out } = fakeContext({ files: { 'p.yaml': profile } });
  assert.equal(await cost.run(['price', '--json', 'p.yaml'], context), 0);
  assert.equal(PriceAnswer.parse(JSON.parse(out[0] ?? '')).totalAfterGrantUsd, '2.733338');
});

const refused = [
  { name: 'garbage', text: '{{{', says: /p: .*expected object/s },
  { name: 'an unknown key', text: `${profile}memory: 3\n`, says: /memory/ },
  { name: 'a negative count', text: 'provider: aws\ncount: -1\n', says: /count/ },
  { name: 'a service nobody has', text: 'provider: azure\nservice: lambda\n', says: /no product of azure/ },
];
for (const { name, text, says } of refused) {
  test(`cost price: ${name} is refused with a sentence`, async () => {
    const { context, out, err } = fakeContext({ files: { p: text } });
    assert.equal(await cost.run(['price', 'p'], context), 1);
    assert.deepEqual(out, []);
    assert.match(err.join('\n'), says);
  });
}

test('cost price: a missing rate is said and exits 1', async () => {
  const { context, out } = fakeContext({ files: { p: profile.replace('us-east-1', 'ca-west-1') } });
  assert.equal(await cost.run(['price', 'p'], context), 1);
  assert.match(out.join('\n'), /no rate .*not known/);
  assert.match(out.join('\n'), /note: No rate is known for aws\/lambda duration in ca-west-1/);
});

test('cost prices --check: the book is sound, and what is stale or not verified is listed', async () => {
  const { context, out } = fakeContext();
  assert.equal(await cost.run(['prices', '--check'], context), 0);
  assert.match(out.at(-1) ?? '', /^price book 2026-[\w.-]+: \d+ rates, 0 wrong, \d+ stale, \d+ unverified$/);
  assert.ok(out.some((line) => line.startsWith('stale      gcp/cloud-functions-gen1')));
});

test('cost: called wrongly it says what there is', async () => {
  const { context } = fakeContext();
  await assert.rejects(cost.run(['prize'], context), UsageError);
  await assert.rejects(cost.run(['price'], context), /needs one file/);
});
