import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cellAt,
  cellFilter,
  cellText,
  durationTicks,
  heatRects,
  heatText,
} from '../../../../../dashboards/web/view/debug/heat-grid.js';
import { timeTicks } from '../../../../../dashboards/web/view/debug/time-ticks.js';

const map = {
  from: '2026-11-01T10:00:30.000Z',
  to: '2026-11-01T10:02:30.000Z',
  stepMs: 60_000,
  columns: ['2026-11-01T10:00:00.000Z', '2026-11-01T10:01:00.000Z', '2026-11-01T10:02:00.000Z'],
  rows: [10, 20],
  topMs: 40,
  counts: [
    [4, 0],
    [1000, 3],
    [0, 1],
  ],
  cold: [
    [0, 0],
    [1, 3],
    [0, 1],
  ],
  count: 1008,
};
const size = { width: 300, height: 100 };

test('every cell with invocations is drawn, and no other', () => {
  const rects = heatRects(map, 'both', size);
  assert.deepEqual(
    rects.map(({ x, y, kind }) => [Math.floor(x / 100), Math.floor(y / 50), kind]),
    [
      [0, 1, 'warm'],
      [1, 1, 'cold'],
      [1, 1, 'warm'],
      [1, 0, 'cold'],
      [2, 0, 'cold'],
    ],
  );
  for (const { x, y, width, height, strength } of rects) {
    assert.ok(x >= 0 && y >= 0 && x + width <= 300 && y + height <= 100 && width > 0 && height > 0);
    assert.ok(strength > 0.2 && strength <= 1);
  }
  assert.ok((rects[1]?.width ?? 0) >= 24, 'one cold start among a thousand is seen');
});

test('the axis has round durations, where they lie by the logarithm', () => {
  const rows = [40, 80, 160, 320, 640, 1280, 2560];
  const ticks = durationTicks({ ...map, rows, topMs: 5120 }, 7);
  assert.deepEqual(
    ticks.map(({ label }) => label.replace('\u202f', ' ')),
    ['50 ms', '100 ms', '200 ms', '500 ms', '1 s', '2 s', '5 s'],
  );
  const fifty = 1 - Math.log2(50 / 40) / rows.length;
  assert.ok(Math.abs((ticks[0]?.ratio ?? 0) - fifty) < 1e-9);
  assert.ok(ticks.every(({ ratio }) => ratio > 0 && ratio <= 1));
  assert.equal(durationTicks({ ...map, rows, topMs: 5120 }, 3).length <= 3, true);
  assert.deepEqual(durationTicks({ ...map, rows: [], topMs: null }, 7), []);
});

test('a layer leaves the other kind out', () => {
  assert.ok(heatRects(map, 'cold', size).every(({ kind }) => kind === 'cold'));
  assert.equal(heatRects(map, 'cold', size).length, 3);
  assert.equal(heatRects(map, 'warm', size).length, 2);
});

test('a cell is found where it is drawn, and filters to what it counts', () => {
  assert.deepEqual(cellAt(map, 0.5, 0.1), { column: 1, row: 1 });
  assert.deepEqual(cellAt(map, 1, 1), { column: 2, row: 0 });
  const first = cellFilter(map, { column: 0, row: 0 });
  assert.deepEqual(first.listed, { fromMs: Date.parse(map.from), toMs: Date.parse('2026-11-01T10:01:00Z') });
  assert.deepEqual([first.minMs, first.maxMs], [10, 20]);
  const last = cellFilter(map, { column: 2, row: 1 });
  assert.deepEqual([last.listed.toMs, last.maxMs], [Date.parse(map.to), 40]);
});

test('a cell and the map say in words what they show', () => {
  assert.match(cellText(map, { column: 1, row: 1 }), /3 invocations, 3 cold$/);
  assert.match(cellText(map, { column: 0, row: 1 }), /nothing$/);
  assert.match(
    heatText(map),
    /^1,008 invocations .*; 5 of them began cold\. The fullest cell: .*1,000 invocations/,
  );
});

test('ticks are round times inside the window', () => {
  const from = Date.parse('2026-11-01T10:07:00Z');
  const ticks = timeTicks(from, from + 3_600_000, 10, 'UTC');
  assert.deepEqual(
    ticks.map(({ label }) => label),
    ['10:10', '10:20', '10:30', '10:40', '10:50', '11:00'],
  );
  assert.ok(timeTicks(from, from + 40 * 86_400_000, 10, 'UTC').length <= 10);
});
