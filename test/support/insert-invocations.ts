import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RowBytes } from '../../settle/write/row-bytes.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const outcomes = ['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected'] as const;

export type TestInvocation = {
  tenant?: string;
  environment?: string;
  function: string;
  startedAt: Date;
  durationMs?: number;
  outcome?: (typeof outcomes)[number];
  cold?: boolean;
  provider?: string;
  region?: string;
  team?: string;
  invocationId?: string;
  deliveryId?: string;
  version?: string;
  errorType?: string;
  errorMessage?: string;
  traceId?: string;
  /** Sixteen hexadecimal digits. */
  spanId?: string;
  weight?: number;
  attempt?: number;
  duplicate?: boolean;
  /** A later attempt of the same request exists. */
  superseded?: boolean;
  revision?: number;
  sign?: 1 | -1;
  initMs?: number;
  eventAgeMs?: number;
  memoryMb?: number;
  memoryUsedMb?: number;
  httpStatus?: number;
  customer?: string;
  tags?: Readonly<Record<string, string>>;
  trigger?: string;
  alias?: string;
  arch?: string;
  /** The rule by which it is billed; left out: none. */
  billing?: string;
  billedMs?: number;
};

type Column = { name: string; type: string; write: (bytes: RowBytes, one: TestInvocation) => void };

const text = (
  name: string,
  of: (one: TestInvocation) => string,
  type = 'LowCardinality(String)',
): Column => ({
  name,
  type,
  write: (bytes, one) => bytes.text(of(one)),
});
const whole = (name: string, of: (one: TestInvocation) => number): Column => ({
  name,
  type: 'UInt64',
  write: (bytes, one) => bytes.u64(of(one)),
});
const short = (name: string, of: (one: TestInvocation) => number): Column => ({
  name,
  type: 'UInt16',
  write: (bytes, one) => bytes.u16(of(one)),
});
const flag = (name: string, of: (one: TestInvocation) => boolean): Column => ({
  name,
  type: 'Bool',
  write: (bytes, one) => bytes.flag(of(one)),
});
const hex = (name: string, length: number, of: (one: TestInvocation) => string): Column => ({
  name,
  type: `FixedString(${length})`,
  write: (bytes, one) => bytes.hex(of(one).padEnd(2 * length, '0')),
});
const megabyte = 1_048_576;

const columns: readonly Column[] = [
  text('tenant', ({ tenant }) => tenant ?? 'default'),
  text('environment', ({ environment }) => environment ?? 'prod'),
  text('function', (one) => one.function),
  {
    name: 'started_at',
    type: "DateTime64(9, 'UTC')",
    write: (bytes, { startedAt }) => bytes.i64(BigInt(startedAt.getTime()) * 1_000_000n),
  },
  whole('duration_ns', ({ durationMs = 10 }) => durationMs * 1e6),
  {
    name: 'outcome',
    type: `Enum8(${outcomes.map((name, index) => `'${name}' = ${index}`).join(', ')})`,
    write: (bytes, { outcome = 'ok' }) => bytes.u8(outcomes.indexOf(outcome)),
  },
  flag('cold', ({ cold }) => cold ?? false),
  whole('init_ns', ({ initMs = 0 }) => initMs * 1e6),
  text('provider', ({ provider }) => provider ?? 'aws'),
  text('region', ({ region }) => region ?? 'eu-central-1'),
  text('team', ({ team }) => team ?? 'payments'),
  text('version', ({ version }) => version ?? ''),
  text('alias', ({ alias }) => alias ?? ''),
  text('arch', ({ arch }) => arch ?? ''),
  text('trigger', ({ trigger }) => trigger ?? ''),
  whole('memory_bytes', ({ memoryMb = 0 }) => memoryMb * megabyte),
  whole('memory_used_bytes', ({ memoryUsedMb = 0 }) => memoryUsedMb * megabyte),
  short('http_status', ({ httpStatus }) => httpStatus ?? 0),
  text('error_type', ({ errorType }) => errorType ?? ''),
  text('error_message', ({ errorMessage }) => errorMessage ?? '', 'String'),
  text('invocation_id', ({ invocationId }) => invocationId ?? '', 'String'),
  text('delivery_id', ({ deliveryId }) => deliveryId ?? '', 'String'),
  {
    name: 'event_age_ms',
    type: 'Nullable(UInt32)',
    write: (bytes, { eventAgeMs }) => {
      bytes.u8(eventAgeMs === undefined ? 1 : 0);
      if (eventAgeMs !== undefined) bytes.u32(eventAgeMs);
    },
  },
  text('customer', ({ customer }) => customer ?? '', 'String'),
  {
    name: 'tags',
    type: 'Map(LowCardinality(String), String)',
    write: (bytes, { tags = {} }) => {
      const entries = Object.entries(tags);
      bytes.u8(entries.length);
      for (const [key, value] of entries) {
        bytes.text(key);
        bytes.text(value);
      }
    },
  },
  { name: 'weight', type: 'Float64', write: (bytes, { weight }) => bytes.i64(bitsOf(weight ?? 1)) },
  text('billing', ({ billing }) => billing ?? ''),
  whole('billed_ms', ({ billedMs }) => billedMs ?? 0),
  {
    name: 'billed_memory_mb',
    type: 'UInt32',
    write: (bytes, { billing, memoryMb = 0 }) => bytes.u32(billing === undefined ? 0 : memoryMb),
  },
  {
    name: 'request_units',
    type: 'UInt32',
    write: (bytes, { billing }) => bytes.u32(billing === undefined ? 0 : 1),
  },
  short('attempt', ({ attempt }) => attempt ?? 1),
  flag('superseded', ({ superseded }) => superseded ?? false),
  flag('duplicate', ({ duplicate }) => duplicate ?? false),
  hex('trace_id', 16, ({ traceId }) => traceId ?? ''),
  hex('span_id', 8, ({ spanId }) => spanId ?? ''),
  {
    name: 'received_at',
    type: "DateTime64(3, 'UTC')",
    write: (bytes) => bytes.i64(BigInt(Date.now())),
  },
  short('revision', ({ revision }) => revision ?? 0),
  { name: 'sign', type: 'Int8', write: (bytes, { sign }) => bytes.u8(sign === -1 ? 255 : 1) },
];

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return view.getBigInt64(0, true);
}

/**
 * Stores invocations as they would be after ingest, in one insert; what a test leaves out has one plain value. The same
 * token again is the same insert tried again.
 */
export async function insertInvocations(
  warehouse: Pick<Warehouse, 'insertSegment'>,
  invocations: readonly TestInvocation[],
  token: string = randomUUID(),
): Promise<void> {
  const bytes = new RowBytes();
  for (const one of invocations) for (const { write } of columns) write(bytes, one);
  const path = join(tmpdir(), `coldburn-test-${randomUUID()}.bin`);
  await writeFile(path, bytes.done());
  try {
    await warehouse.insertSegment({ table: 'invocations', columns, path, token });
  } finally {
    await rm(path, { force: true });
  }
}
