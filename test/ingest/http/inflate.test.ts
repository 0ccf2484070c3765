import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { BodyBudget, BodyShare } from '../../../ingest/http/body-budget.js';
import { inflate } from '../../../ingest/http/inflate.js';
import { OtlpRefusal } from '../../../ingest/http/otlp-refusal.js';

const mebibyte = 1024 * 1024;
const codings = [
  { name: 'gzip', coding: 'gzip', pack: gzipSync },
  { name: 'deflate', coding: 'deflate', pack: deflateSync },
  { name: 'deflate without a header', coding: 'deflate', pack: deflateRawSync },
  { name: 'br', coding: 'br', pack: (body: Buffer) => brotliCompressSync(body) },
];

const shareOf = (budget: BodyBudget) => new BodyShare(budget);
const wide = () => shareOf(new BodyBudget(64 * mebibyte));

async function refusalOf(inflating: Promise<Buffer>): Promise<[string, number]> {
  const error: unknown = await inflating.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof OtlpRefusal, String(error));
  return [error.reason, error.status];
}

for (const { name, coding, pack } of codings) {
  test(`${name}: bodies of any size come out as they were`, async () => {
    const bodies = [
      Buffer.alloc(0),
      Buffer.from('{}'),
      randomBytes(40_000),
      Buffer.alloc(3 * mebibyte, 'ab'),
    ];
    for (const body of bodies) {
      const inflated = await inflate(coding, pack(body), 4 * mebibyte, wide());
      assert.ok(inflated.equals(body), `${body.length} bytes`);
    }
  });

  test(`${name}: a little that becomes too much is refused, also what is inflated on the spot`, async () => {
    const bomb = pack(Buffer.alloc(8 * mebibyte));
    assert.ok(bomb.length < 16 * 1024);
    assert.deepEqual(await refusalOf(inflate(coding, bomb, 4 * mebibyte, wide())), ['too-large', 413]);
    assert.deepEqual(await refusalOf(inflate(coding, bomb, 1000, wide())), ['too-large', 413]);
  });

  test(`${name}: what comes out has its place in the budget, and is asked to come later when there is none`, async () => {
    const budget = new BodyBudget(4 * mebibyte);
    const bomb = pack(Buffer.alloc(8 * mebibyte));
    const share = shareOf(budget);
    assert.deepEqual(await refusalOf(inflate(coding, bomb, 64 * mebibyte, share)), ['busy', 503]);
    share.giveBack();
    const later = shareOf(budget);
    assert.equal(
      (await inflate(coding, pack(Buffer.alloc(2 * mebibyte)), 64 * mebibyte, later)).length,
      2 * mebibyte,
    );
    assert.equal(
      budget.take(2 * mebibyte, mebibyte),
      false,
      'two of the four are taken, one half is for small ones',
    );
  });

  test(`${name}: one that is cut off or damaged is refused for good`, async () => {
    const packed = pack(randomBytes(30_000));
    const cut = packed.subarray(0, packed.length - 20);
    assert.deepEqual(await refusalOf(inflate(coding, cut, mebibyte, wide())), ['undecodable', 400]);
  });
}

test('the last eighth of the budget is kept for small bodies', () => {
  const budget = new BodyBudget(16 * mebibyte);
  const large = shareOf(budget);
  assert.ok(large.take(14 * mebibyte));
  assert.ok(!large.take(1));
  assert.ok(shareOf(budget).take(mebibyte));
  assert.ok(!shareOf(budget).take(mebibyte + 1));
  assert.ok(shareOf(budget).take(mebibyte));
  assert.ok(!shareOf(budget).take(1));
});
