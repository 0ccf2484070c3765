import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { pngBars } from '../../../alerting/reports/png-bars.js';
import { type ReviewedSlo, writeReview } from '../../../alerting/reports/slo-review.js';

const met: ReviewedSlo = {
  title: 'Checkout answers',
  scope: '',
  objective: 0.999,
  good: 99_950,
  total: 100_000,
  remainingRatio: 0.5,
  pages: 0,
  tickets: 1,
  days: [
    { good: 99_950, total: 100_000 },
    { good: 0, total: 0 },
  ],
};
const missed = { ...met, title: 'Search <fast>', scope: 'eu', good: 99_899, remainingRatio: -0.01, pages: 2 };
const idle = { ...met, title: 'Nightly', good: 0, total: 0, remainingRatio: null, tickets: 0 };
const window = {
  fromMs: Date.parse('2026-02-01T00:00:00Z'),
  untilMs: Date.parse('2026-03-01T00:00:00Z'),
  viewUrl: 'https://c.example',
};

test('the review says what was met, the worst first, cut and not rounded', () => {
  const { title, text } = writeReview({ ...window, slos: [idle, met, missed] });
  assert.equal(title, 'Objectives from 2026-02-01 to 2026-02-28');
  assert.deepEqual(text.split('\n'), [
    '1 of 2 objectives were met. 2 pages, 2 tickets.',
    '',
    'Search <fast> (eu): 99.899 % of 99.9 %, budget overspent by 1 %, 2 pages and 1 tickets',
    'Checkout answers: 99.95 % of 99.9 %, 50 % of the budget left, 0 pages and 1 tickets',
    'Nightly: no events of 99.9 %, nothing to spend, no incidents',
  ]);
});

test('its page holds a picture for each objective, and no name can leave its place', () => {
  const { html } = writeReview({ ...window, slos: [met, missed] });
  assert.equal(html.match(/src='data:image\/png;base64,/g)?.length, 2);
  assert.match(html, /Search &lt;fast&gt; \(eu\)/);
  assert.doesNotMatch(html, /<fast>/);
  assert.ok(Buffer.byteLength(html) < 10_000);
});

test('thousands of objectives stay a page one can read and store', () => {
  const slos = Array.from({ length: 5000 }, (_, at) => ({
    ...met,
    title: `Objective ${at}`,
    days: Array.from({ length: 31 }, () => ({ good: 9, total: 10 })),
  }));
  const { html, text } = writeReview({ ...window, slos });
  assert.match(text, /and 4970 more$/);
  assert.ok(Buffer.byteLength(html) < 60_000, `${Buffer.byteLength(html)}`);
});

test('without objectives or events that is what it says', () => {
  assert.match(writeReview({ ...window, slos: [] }).text, /^No objective had any events\./);
});

test('pngBars: a picture of the right size, with bars as high as they are', () => {
  const red = [255, 0, 0] as const;
  const png = pngBars(
    [
      { height: 1, color: red },
      { height: null, color: red },
      { height: 0.5, color: red },
    ],
    { height: 10, barWidth: 2, gap: 1 },
  );
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [8, 10]);
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const filled = (x: number) =>
    Array.from({ length: 10 }, (_, y) => rows[y * 33 + 1 + x * 4 + 3] === 255).filter(Boolean).length;
  assert.deepEqual([0, 1, 2, 3, 4, 6, 7].map(filled), [10, 10, 0, 0, 0, 5, 5]);
});
