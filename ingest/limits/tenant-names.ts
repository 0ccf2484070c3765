import { DailyNames, type NamesState } from './daily-names.js';
import type { LimitSettings } from './limit-settings.js';

const kinds = ['functions', 'attributeKeys', 'spanNames', 'metricNames'] as const;

/** The names of one tenant and day, for another thread. */
export type TenantNamesState = {
  readonly kinds: Readonly<Record<(typeof kinds)[number], NamesState>>;
  readonly columns: ReadonlyMap<string, NamesState>;
};

/** The names one tenant uses, in every signal. */
export class TenantNames {
  readonly functions: DailyNames;
  readonly attributeKeys: DailyNames;
  readonly spanNames: DailyNames;
  readonly metricNames: DailyNames;
  readonly #columns = new Map<string, DailyNames>();
  readonly #columnValues: number;
  #day = 0;

  constructor(limits: LimitSettings) {
    this.functions = new DailyNames(limits.functions);
    this.attributeKeys = new DailyNames(limits.attributeKeys);
    this.spanNames = new DailyNames(limits.spanNames);
    this.metricNames = new DailyNames(limits.metricNames);
    this.#columnValues = limits.columnValues;
  }

  turnTo(day: number): void {
    if (day === this.#day) return;
    this.#day = day;
    for (const kind of kinds) this[kind].turnTo(day);
    for (const names of this.#columns.values()) names.turnTo(day);
  }

  state(): TenantNamesState {
    return {
      kinds: {
        functions: this.functions.state(),
        attributeKeys: this.attributeKeys.state(),
        spanNames: this.spanNames.state(),
        metricNames: this.metricNames.state(),
      },
      columns: new Map([...this.#columns].map(([name, names]) => [name, names.state()])),
    };
  }

  learn(state: TenantNamesState): void {
    for (const kind of kinds) this[kind].learn(state.kinds[kind]);
    for (const [name, names] of state.columns) this.column(name).learn(names);
  }

  /** The values of any other column that is kept as a dictionary. */
  column(name: string): DailyNames {
    let names = this.#columns.get(name);
    if (names === undefined) {
      names = new DailyNames(this.#columnValues);
      names.turnTo(this.#day);
      this.#columns.set(name, names);
    }
    return names;
  }
}

/** Every tenant's names, shared by the receivers of all signals. */
export class NamesInUse {
  readonly limits: LimitSettings;
  /** Of the choice which items are looked at; not 0. */
  readonly seed: number;
  readonly #tenants = new Map<string, TenantNames>();

  constructor(limits: LimitSettings, seed: number) {
    this.limits = limits;
    this.seed = seed;
  }

  of(tenant: string, day: number): TenantNames {
    let names = this.#tenants.get(tenant);
    if (names === undefined) {
      names = new TenantNames(this.limits);
      this.#tenants.set(tenant, names);
    }
    names.turnTo(day);
    return names;
  }
}
