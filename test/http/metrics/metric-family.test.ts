import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderPrometheus } from '../../../http/metrics/metric-family.js';

test('renderPrometheus: families are sorted, labels and help are escaped', () => {
  const text = renderPrometheus([
    { name: 'z_total', help: 'last', type: 'counter', samples: [{ value: 2 }] },
    {
      name: 'a_bytes',
      help: 'first\nline \\',
      type: 'gauge',
      samples: [{ labels: { path: 'a"b\\c\nd' }, value: 1.5 }],
    },
  ]);
  assert.equal(
    text,
    [
      '# HELP a_bytes first\\nline \\\\',
      '# TYPE a_bytes gauge',
      'a_bytes{path="a\\"b\\\\c\\nd"} 1.5',
      '# HELP z_total last',
      '# TYPE z_total counter',
      'z_total 2',
      '',
    ].join('\n'),
  );
});

test('renderPrometheus: what is not measured is an absent line, never NaN or zero', () => {
  const text = renderPrometheus([
    { name: 'empty', help: 'no samples', type: 'gauge', samples: [] },
    { name: 'broken', help: 'not a number', type: 'gauge', samples: [{ value: Number.NaN }] },
  ]);
  assert.equal(text, '\n');
});

test('renderPrometheus: no label value can break out of its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const text = renderPrometheus([
        { name: 'm', help: 'h', type: 'gauge', samples: [{ labels: { l: value }, value: 1 }] },
      ]);
      assert.equal(text.split('\n').length, 4);
    }),
  );
});
