import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chartCsv, csvText, fileName } from '../../../../../dashboards/web/view/chart/chart-csv.js';
import { type ChartData, isEmptyChart } from '../../../../../dashboards/web/view/chart/chart-data.js';
import {
  axisLabels,
  chartScale,
  heightOf,
  valueTicks,
} from '../../../../../dashboards/web/view/chart/chart-scale.js';
import { barsOf, lineRuns } from '../../../../../dashboards/web/view/chart/chart-shapes.js';
import { chartWords, stepWords } from '../../../../../dashboards/web/view/chart/chart-words.js';

type Values = (number | null)[];
const chart = (
  series: { kind: 'line' | 'bar'; values: Values }[],
  more: Partial<ChartData> = {},
): ChartData => ({
  fromMs: Date.UTC(2026, 0, 1),
  stepMs: 60_000,
  steps: series[0]?.values.length ?? 0,
  series: series.map(({ kind, values }, index) => ({
    key: String(index),
    label: `S${index}`,
    color: 'accent',
    kind,
    values,
  })),
  format: (value) => value.toFixed(1),
  least: null,
  most: null,
  lines: [],
  marks: [],
  ...more,
});

const scales = [
  {
    name: 'a line keeps to its values',
    data: chart([{ kind: 'line', values: [5, null, 7] }]),
    least: 5,
    most: 7,
  },
  {
    name: 'bars stand on zero and on each other, up to a whole tick',
    data: chart([
      { kind: 'bar', values: [5, 1] },
      { kind: 'bar', values: [2, 1] },
    ]),
    least: 0,
    most: 8,
  },
  {
    name: 'a threshold is seen',
    data: chart([{ kind: 'line', values: [1, 2] }], { lines: [{ value: 9, label: 't', color: 'bad' }] }),
    least: 0,
    most: 10,
  },
  { name: 'a flat line has room', data: chart([{ kind: 'line', values: [4, 4] }]), least: 4, most: 8 },
  { name: 'nothing known', data: chart([{ kind: 'line', values: [null] }]), least: 0, most: 1 },
  {
    name: 'an end that is given',
    data: chart([{ kind: 'line', values: [-1, 0.5] }], { most: 1 }),
    least: -1,
    most: 1,
  },
];
for (const { name, data, least, most } of scales)
  test(`chartScale: ${name}`, () => assert.deepEqual(chartScale(data), { least, most }));

test('ticks are round, inside the scale, and about as many as wanted', () => {
  assert.deepEqual(valueTicks({ least: 0, most: 1 }, 4), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(valueTicks({ least: 0, most: 27 }, 4), [0, 10, 20]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      (least, span) => {
        const ticks = valueTicks({ least, most: least + span }, 4);
        return (
          ticks.length <= 6 &&
          ticks.every((tick) => tick >= least - span * 1e-6 && tick <= least + span * (1 + 1e-6))
        );
      },
    ),
  );
});

test('the ends of an axis are ticks, and no value lies outside', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 20 }),
      (values) => {
        const [low, high] = [Math.min(...values), Math.max(...values)];
        fc.pre(high - low > 1e-3);
        const scale = chartScale(chart([{ kind: 'line', values }]));
        const room = (high - low) * 1e-6;
        assert.ok(scale.least <= low + room && scale.most >= high - room);
        assert.ok(scale.most - scale.least <= 3 * (high - low));
        assert.ok(Math.abs((valueTicks(scale, 4).at(-1) ?? Number.NaN) - scale.most) <= room);
      },
    ),
  );
});

test('decimals that are zero on every tick are left out, cents are not', () => {
  const labels = (format: (value: number) => string) =>
    axisLabels({ least: 0, most: 1 }, format).map(({ label }) => label);
  assert.deepEqual(
    labels((value) => `${(value * 100).toFixed(2)} %`),
    ['0 %', '25 %', '50 %', '75 %', '100 %'],
  );
  assert.deepEqual(
    labels((value) => `${value.toFixed(3)} s`),
    ['0.00 s', '0.25 s', '0.50 s', '0.75 s', '1.00 s'],
  );
  assert.equal(labels((value) => `$${value.toFixed(2)}`).at(-1), '$1.00');
});

test('labels that read the same stand once', () => {
  const whole = (value: number) => String(Math.trunc(value));
  assert.deepEqual(
    axisLabels({ least: 0, most: 1 }, whole).map(({ tick, label }) => [tick, label]),
    [
      [0, '0'],
      [1, '1'],
    ],
  );
});

test('a line is broken where nothing is known, and keeps inside its box', () => {
  const size = { width: 30, height: 10 };
  const data = chart([{ kind: 'line', values: [1, null, 3] }]);
  const [series] = data.series;
  assert.ok(series !== undefined);
  assert.deepEqual(lineRuns(series, chartScale(data), size), [[{ x: 5, y: 10 }], [{ x: 25, y: 0 }]]);
});

test('with more steps than pixels the extremes of each pixel stay', () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index === 777 ? 100 : 1));
  const data = chart([{ kind: 'line', values }]);
  const [series] = data.series;
  assert.ok(series !== undefined);
  const [run = []] = lineRuns(series, chartScale(data), { width: 50, height: 10 });
  assert.ok(run.length <= 100);
  assert.equal(Math.min(...run.map(({ y }) => y)), 0);
});

test('bars do not overlap, and a single event among thousands is seen', () => {
  const data = chart([
    { kind: 'bar', values: [10_000] },
    { kind: 'bar', values: [1] },
  ]);
  const size = { width: 10, height: 100 };
  const [low] = barsOf(data, '0', chartScale(data), size);
  const [high] = barsOf(data, '1', chartScale(data), size);
  assert.ok(low !== undefined && high !== undefined);
  assert.ok(high.height >= 1 && high.y + high.height <= low.y + 1);
});

test('a value outside is kept to the edge', () => {
  assert.equal(heightOf(9, { least: 0, most: 4 }), 1);
  assert.equal(heightOf(-9, { least: 0, most: 4 }), 0);
});

test('the words tell the latest, the lowest and the highest, and what is not known', () => {
  const data = chart([
    { kind: 'line', values: [2, 8, 4] },
    { kind: 'line', values: [null, null, null] },
  ]);
  assert.match(chartWords(data), /S0: latest 4\.0, from 2\.0 to 8\.0\. S1: not known\./);
  assert.match(stepWords(data, 1), /S0 8\.0 · S1 —$/);
  assert.equal(isEmptyChart(data), false);
  assert.equal(isEmptyChart(chart([{ kind: 'line', values: [null] }])), true);
});

test('the CSV has a row for each step and a gap where nothing is known', () => {
  const text = chartCsv(chart([{ kind: 'line', values: [1.5, null] }]));
  assert.equal(
    text,
    'from,to,S0\r\n2026-01-01T00:00:00.000Z,2026-01-01T00:01:00.000Z,1.5\r\n2026-01-01T00:01:00.000Z,2026-01-01T00:02:00.000Z,\r\n',
  );
});

test('names in a CSV are quoted, and never run as formulas', () => {
  assert.equal(csvText([['a,b', 'say "x"', '=1+1', '@x', -2]]), `"a,b","say ""x""",'=1+1,'@x,-2\r\n`);
});

test('a file is named for what it shows', () => {
  assert.equal(
    fileName('Good & bad: <x>', Date.UTC(2026, 0, 2, 3, 4), 'csv'),
    'good-bad-x-2026-01-02T0304.csv',
  );
  assert.equal(fileName('…', 0, 'png'), 'chart-1970-01-01T0000.png');
});
