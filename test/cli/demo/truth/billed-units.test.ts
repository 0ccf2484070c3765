import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SenderName } from '../../../../cli/demo/fleet/senders.js';
import type { DemoInvocation } from '../../../../cli/demo/simulate/invocation.js';
import { type BilledUnits, billedUnits } from '../../../../cli/demo/truth/billed-units.js';
import { demoRun as run } from '../demo-run.js';

const none = { requests: null, mbMs: null, vcpuMs: null, cpuUs: null };
const cases: {
  name: string;
  sender: SenderName;
  changes: Partial<DemoInvocation>;
  expected: Partial<BilledUnits>;
}[] = [
  {
    name: 'Lambda rounds duration and start together up to a millisecond (250.06 + 100.77 ms are 351)',
    sender: 'lambda-node',
    changes: { durationUs: 250_060, initUs: 100_770, isCold: true },
    expected: { requests: 1, mbMs: 512 * 351 },
  },
  {
    name: 'Azure takes at least 100 ms of the observed memory, in steps of 128 MB',
    sender: 'azure-host',
    changes: { durationUs: 12_300, usedMemoryMb: 129 },
    expected: { requests: 1, mbMs: 256 * 100 },
  },
  {
    name: 'Azure goes on in steps of a millisecond',
    sender: 'azure-host',
    changes: { durationUs: 100_001, usedMemoryMb: 128 },
    expected: { requests: 1, mbMs: 128 * 101 },
  },
  {
    name: 'Google functions round up to 100 ms',
    sender: 'gcp-functions',
    changes: { durationUs: 100_001 },
    expected: { requests: 1, mbMs: 512 * 200 },
  },
  {
    name: 'Cloud Run bills the start of an instance too, memory and CPU apart',
    sender: 'gcp-run',
    changes: { durationUs: 40_000, initUs: 70_000 },
    expected: { requests: 1, mbMs: 512 * 200, vcpuMs: 200 },
  },
  {
    name: 'Workers bill CPU time, and waiting is free',
    sender: 'cloudflare',
    changes: {
      durationUs: 9_000,
      outgoing: [{ name: 'x', kind: 'http', spanId: '', startUs: 0, durationUs: 7_000, failed: false }],
    },
    expected: { requests: 1, cpuUs: 2_000 },
  },
  { name: 'our own cluster has no bill per run', sender: 'knative', changes: {}, expected: {} },
  {
    name: 'a throttled call costs nothing',
    sender: 'lambda-node',
    changes: { outcome: 'throttled', durationUs: 3_000 },
    expected: { requests: 0, mbMs: 0 },
  },
];
for (const { name, sender, changes, expected } of cases) {
  test(`billedUnits: ${name}`, () => {
    assert.deepEqual(billedUnits(run(sender, changes)), { ...none, ...expected });
  });
}
