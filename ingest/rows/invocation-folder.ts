import type { Invocation } from '../classify/invocation.js';
import type { RequestLimits } from '../limits/request-limits.js';

/** How many texts of an invocation end in columns kept as dictionaries. */
const columnCount = 13;

/** Files what goes beyond the limits of a tenant under "(other)". The function is refused instead, or could not be told apart. */
export class InvocationFolder {
  readonly #limits: RequestLimits;
  /** What was admitted last in each column: the runs of one request mostly say the same. */
  readonly #last: string[] = new Array(columnCount).fill('');

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** Called for each request: another tenant may have other limits left. */
  begin(): void {
    this.#last.fill('');
  }

  /** Names every property, because a loop over their names takes five times as long. */
  fold(run: Invocation): void {
    run.environment = this.#kept(0, 'environment', run.environment);
    run.provider = this.#kept(1, 'provider', run.provider);
    run.platform = this.#kept(2, 'platform', run.platform);
    run.region = this.#kept(3, 'region', run.region);
    run.account = this.#kept(4, 'account', run.account);
    run.team = this.#kept(5, 'team', run.team);
    run.version = this.#kept(6, 'version', run.version);
    run.alias = this.#kept(7, 'alias', run.alias);
    run.trigger = this.#kept(8, 'trigger', run.trigger);
    run.errorType = this.#kept(9, 'error_type', run.errorType);
    run.arch = this.#kept(10, 'arch', run.arch);
    run.product = this.#kept(11, 'product', run.product);
    run.feature = this.#kept(12, 'feature', run.feature);
  }

  #kept(place: number, column: string, text: string): string {
    if (text === '' || text === this.#last[place]) return text;
    const kept = this.#limits.columnText(column, text);
    if (kept === text) this.#last[place] = text;
    return kept;
  }
}
