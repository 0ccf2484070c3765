import { archName } from '../arch.js';
import { ageMs } from '../event-time.js';
import { httpStatusOf } from '../http-status.js';
import type { Invocation } from '../invocation.js';
import { memoryBytes } from '../memory-bytes.js';
import type { SpanFacts } from '../span-facts.js';
import { triggerName } from '../trigger.js';
import { asUInt32 } from '../uint32.js';

type Assign = (invocation: Invocation, text: string, span: SpanFacts) => void;

/** What becomes of the text of an attribute that the configuration maps to a field. A text that does not fit changes nothing. */
export const assignText = {
  function: (invocation, text) => {
    invocation.function = text;
  },
  environment: (invocation, text) => {
    invocation.environment = text;
  },
  version: (invocation, text) => {
    invocation.version = text;
  },
  alias: (invocation, text) => {
    invocation.alias = text;
  },
  instance: (invocation, text) => {
    invocation.instance = text;
  },
  provider: (invocation, text) => {
    invocation.provider = text;
  },
  platform: (invocation, text) => {
    invocation.platform = text;
  },
  region: (invocation, text) => {
    invocation.region = text;
  },
  account: (invocation, text) => {
    invocation.account = text;
  },
  arch: (invocation, text) => {
    invocation.arch = archName(text);
  },
  trigger: (invocation, text) => {
    invocation.trigger = triggerName(text);
  },
  team: (invocation, text) => {
    invocation.team = text;
  },
  product: (invocation, text) => {
    invocation.product = text;
  },
  feature: (invocation, text) => {
    invocation.feature = text;
  },
  customer: (invocation, text) => {
    invocation.customer = text;
  },
  invocationId: (invocation, text) => {
    invocation.invocationId = text;
  },
  deliveryId: (invocation, text) => {
    invocation.deliveryId = text;
  },
  eventTime: (invocation, text, span) => {
    invocation.eventAgeMs = ageMs(text, span.startMs()) ?? invocation.eventAgeMs;
  },
  payloadBytes: (invocation, text) => {
    invocation.payloadBytes = asUInt32(Number(text)) ?? invocation.payloadBytes;
  },
  memory: (invocation, text) => {
    invocation.memoryBytes = memoryBytes(finite(text)) || invocation.memoryBytes;
  },
  memoryUsed: (invocation, text) => {
    invocation.memoryUsedBytes = memoryBytes(finite(text)) || invocation.memoryUsedBytes;
  },
  coldStart: (invocation, text) => {
    invocation.cold = /^(true|1|cold|yes)$/i.test(text);
  },
  initMs: (invocation, text) => {
    const ms = finite(text);
    if (ms === null || ms <= 0) return;
    invocation.cold = true;
    invocation.initNs = Math.round(ms * 1e6);
  },
  httpStatus: (invocation, text) => {
    invocation.httpStatus = httpStatusOf(finite(text)) || invocation.httpStatus;
  },
} as const satisfies Readonly<Record<string, Assign>>;

export type MappedField = keyof typeof assignText;

function finite(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
