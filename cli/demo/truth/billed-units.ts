import { type Billing, senders } from '../fleet/senders.js';
import type { DemoInvocation } from '../simulate/invocation.js';

/** Whole numbers, summed per run; null where this provider bills no such unit. */
export type BilledUnits = {
  requests: number | null;
  /** Memory in megabytes times milliseconds; 1,024,000 of them are one GB-second. */
  mbMs: number | null;
  vcpuMs: number | null;
  /** CPU time in microseconds, in whole milliseconds a run, as Cloudflare's own traces tell it. */
  cpuUs: number | null;
};

const usPerMs = 1000;
const nothing: BilledUnits = { requests: null, mbMs: null, vcpuMs: null, cpuUs: null };

/** What the provider puts on the bill for one run. Rules as published in 2026-11; see docs/demo.md. */
export function billedUnits(invocation: DemoInvocation): BilledUnits {
  const { billing } = senders[invocation.function.sender];
  // A refused call is not billed anywhere, and unpaid capacity has no bill per run.
  if (invocation.outcome === 'throttled') return zeroOf(billing);
  const { durationUs, initUs } = invocation;
  const { memoryMb } = invocation.function;
  switch (billing) {
    case 'aws-lambda':
      // Since August 2025 the start of an instance is billed too; the sum rounds up to 1 ms.
      return { ...nothing, requests: 1, mbMs: memoryMb * billedMs(invocation) };
    case 'azure-consumption': {
      // Observed memory rounds up to 128 MB; at least 100 ms.
      const billedMb = Math.ceil(invocation.usedMemoryMb / 128) * 128;
      return { ...nothing, requests: 1, mbMs: billedMb * Math.max(100, roundUpMs(durationUs, 1)) };
    }
    case 'gcp-gen1':
      return { ...nothing, requests: 1, mbMs: memoryMb * roundUpMs(durationUs, 100) };
    case 'gcp-run': {
      // One run at a time on an instance of one vCPU, whose start is billed.
      const billedMs = roundUpMs(durationUs + initUs, 100);
      return { ...nothing, requests: 1, mbMs: memoryMb * billedMs, vcpuMs: billedMs };
    }
    case 'cloudflare':
      return { ...nothing, requests: 1, cpuUs: Math.round(cpuUs(invocation) / usPerMs) * usPerMs };
    case 'self-hosted':
      return nothing;
  }
}

/** On Lambda: the run and the start of its instance together, rounded up to 1 ms. */
export function billedMs({ durationUs, initUs }: DemoInvocation): number {
  return roundUpMs(durationUs + initUs, 1);
}

export function addUnits(sum: BilledUnits, more: BilledUnits): BilledUnits {
  const add = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0));
  return {
    requests: add(sum.requests, more.requests),
    mbMs: add(sum.mbMs, more.mbMs),
    vcpuMs: add(sum.vcpuMs, more.vcpuMs),
    cpuUs: add(sum.cpuUs, more.cpuUs),
  };
}

export const noUnits: BilledUnits = nothing;

function zeroOf(billing: Billing): BilledUnits {
  if (billing === 'self-hosted') return nothing;
  if (billing === 'cloudflare') return { ...nothing, requests: 0, cpuUs: 0 };
  return { ...nothing, requests: 0, mbMs: 0, vcpuMs: billing === 'gcp-run' ? 0 : null };
}

function roundUpMs(us: number, stepMs: number): number {
  return Math.ceil(us / (stepMs * usPerMs)) * stepMs;
}

/** Waiting for others costs no CPU. */
export function cpuUs({ durationUs, outgoing }: DemoInvocation): number {
  const waitedUs = outgoing.reduce((sum, call) => sum + call.durationUs, 0);
  return Math.max(0, durationUs - waitedUs);
}
