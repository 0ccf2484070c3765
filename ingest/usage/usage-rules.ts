import type { CostSettings } from '../../schemas/config/cost.js';
import { type Billing, billingOf } from '../../schemas/cost/usage/billing.js';
import type { Invocation } from '../classify/invocation.js';
import { matchesAny } from '../classify/rules/glob.js';
import { RememberedByName } from '../classify/rules/remembered-by-name.js';

/** What the configuration says of how a function is billed. */
export type FunctionUsage = {
  billing: Billing | null;
  memoryMb: number;
  isAsync: boolean;
  /** Aliases and versions with provisioned concurrency; empty for most. */
  provisioned: readonly { alias: string; version: string }[];
};

export type UsageSettings = Pick<CostSettings, 'functions' | 'provisioned'>;

/** By which rule a run is billed. Worked out once a function name. */
export class UsageRules {
  readonly #ofFunction: RememberedByName<FunctionUsage>;

  constructor({ functions, provisioned }: UsageSettings) {
    this.#ofFunction = new RememberedByName((name) => {
      const matching = functions.filter((entry) => matchesAny(entry.functions, name));
      return {
        billing: matching.find(({ billing }) => billing !== undefined)?.billing ?? null,
        memoryMb: matching.find(({ memoryMb }) => memoryMb !== undefined)?.memoryMb ?? 0,
        isAsync: matching.find((entry) => entry.isAsync !== undefined)?.isAsync ?? false,
        provisioned: provisioned.filter((entry) => entry.function === name),
      };
    });
  }

  of(name: string): FunctionUsage {
    return this.#ofFunction.of(name);
  }
}

/**
 * The rule of one run. A run on provisioned concurrency is billed at its own rate; one that had to start an environment
 * had spilled over, and is billed on demand.
 */
export function billingOfRun(
  usage: FunctionUsage,
  { platform, alias, version, cold }: Invocation,
): Billing | null {
  const billing = usage.billing ?? billingOf(platform);
  if (billing !== 'aws-lambda' || cold || usage.provisioned.length === 0) return billing;
  const isProvisioned = usage.provisioned.some(
    (one) => (one.alias === '' || one.alias === alias) && (one.version === '' || one.version === version),
  );
  return isProvisioned ? 'aws-lambda-provisioned' : billing;
}
