import type { Attributes, Link } from '@opentelemetry/api';
import { productOf } from '../fleet/attribution.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import type { Scope, ThrownException } from './span-parts.js';

/** How one platform's sender writes a run down. */
export type Shape = {
  /** Attributes of the resource; the same for all runs of one instance. */
  resource: (invocation: DemoInvocation) => Attributes;
  /** The span that stands for the run. */
  entry: (invocation: DemoInvocation) => Entry;
  scope: Scope;
  /** Spans of calls that leave the run. */
  outgoing: (name: string, failed: boolean, invocation: DemoInvocation) => Attributes;
  outgoingScope: Scope;
};

export type Entry = {
  name: string;
  kind: number;
  attributes: Attributes;
  /** False where the platform begins a new trace for each run and links back instead. */
  continuesTrace: boolean;
  failure: string | null;
  exception: ThrownException | null;
  /** A second span for the message that was handled, below the entry. */
  message: { name: string; attributes: Attributes; links: Link[] } | null;
};

export const kinds = { internal: 0, server: 1, client: 2, producer: 3, consumer: 4 } as const;

/** Ownership is no sender's business: people add it by OTEL_RESOURCE_ATTRIBUTES, or their Collector does. */
export function ownership(invocation: DemoInvocation, environmentKey: string): Attributes {
  const { team, environment } = invocation.function;
  return { [environmentKey]: environment, team, product: productOf(invocation.function) };
}

export const currentEnvironmentKey = 'deployment.environment.name';
export const formerEnvironmentKey = 'deployment.environment';

/** The path a web framework would know this function by. */
export function routeOf({ function: { name } }: DemoInvocation): string {
  return `/${name}/{id}`;
}
