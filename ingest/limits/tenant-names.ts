import { DailyNames } from './daily-names.js';
import type { LimitSettings } from './limit-settings.js';

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
    for (const names of [this.functions, this.attributeKeys, this.spanNames, this.metricNames])
      names.turnTo(day);
    for (const names of this.#columns.values()) names.turnTo(day);
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
