import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { upstreamWeight } from '../../../ingest/sampling/upstream-weight.js';

// Thresholds and ratios are those of OpenTelemetry's "TraceState: Probability Sampling".
const cases = [
  { state: '', weight: 1, malformed: 0 },
  { state: 'ot=th:0', weight: 1, malformed: 0 },
  { state: 'ot=th:8', weight: 2, malformed: 0 },
  { state: 'ot=th:c', weight: 4, malformed: 0 },
  { state: 'ot=th:e', weight: 8, malformed: 0 },
  { state: 'ot=th:c8', weight: 1 / 0.21875, malformed: 0 },
  { state: 'ot=th:fd70a3d70a3d71', weight: 100, malformed: 0 },
  { state: 'ot=th:ffffffffffffff', weight: 2 ** 56, malformed: 0 },
  { state: 'rojo=00f067,ot=rv:6e6d1a75832a2f;th:8,congo=t61', weight: 2, malformed: 0 },
  { state: ' a=b , ot=th:8 ', weight: 2, malformed: 0 },
  { state: 'rojo=th:8', weight: 1, malformed: 0 },
  { state: 'not=th:8', weight: 1, malformed: 0 },
  { state: 'ot=rv:6e6d1a75832a2f', weight: 1, malformed: 0 },
  { state: 'ot=mth:8', weight: 1, malformed: 0 },
  { state: 'ot=th:', weight: 1, malformed: 1 },
  { state: 'ot=th:xyz', weight: 1, malformed: 1 },
  { state: 'ot=th:C8', weight: 1, malformed: 1 },
  { state: 'ot=th:123456789abcdef', weight: 1, malformed: 1 },
  { state: 'ot=th:8 8', weight: 1, malformed: 1 },
];
for (const { state, weight, malformed } of cases) {
  test(`upstreamWeight: "${state}" stands for ${weight}`, () => {
    const faults = { malformedTraceStates: 0 };
    const bytes = Buffer.from(`##${state}##`);
    const read = upstreamWeight(bytes, 2, bytes.length - 2, faults);
    assert.ok(Math.abs(read / weight - 1) < 1e-12, `${read}`);
    assert.equal(faults.malformedTraceStates, malformed);
  });
}
