import type { Peer } from './call.js';

const other = '(other)';

type NameLimits = { readonly functions: number; readonly peers: number; readonly operations: number };

/** Far above what one function calls, far below what makes rollups useless. */
const usualLimits: NameLimits = { functions: 5000, peers: 200, operations: 200 };

type Known = Map<string, Set<string>>;

/**
 * Keeps a function that calls a host a customer, or puts ids without digits into its paths, from filling the rollups with
 * names: beyond the limits peers and operations are `(other)`. Known by this process since its start.
 */
export class BoundedNames {
  readonly #limits: NameLimits;
  readonly #functions = new Map<string, Known>();
  #known: Known = new Map();

  constructor(limits: NameLimits = usualLimits) {
    this.#limits = limits;
  }

  /** Whose calls the next ones are. */
  of(tenant: string, functionName: string): void {
    const key = `${tenant}\u0000${functionName}`;
    let known = this.#functions.get(key);
    if (known === undefined) {
      if (this.#functions.size >= this.#limits.functions) this.#functions.clear();
      known = new Map();
      this.#functions.set(key, known);
    }
    this.#known = known;
  }

  bound<Named extends Peer>(call: Named): Named {
    const operations = this.#known.get(call.peer);
    if (operations?.has(call.operation)) return call;
    if (operations === undefined) {
      if (this.#known.size >= this.#limits.peers) return { ...call, peer: other, operation: other };
      this.#known.set(call.peer, new Set([call.operation]));
      return call;
    }
    if (operations.size >= this.#limits.operations) return { ...call, operation: other };
    operations.add(call.operation);
    return call;
  }
}
