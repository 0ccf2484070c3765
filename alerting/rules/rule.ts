import type { CostDeps } from '../../query/cost/cost-deps.js';
import type { Fact, IncidentLabels, Severity } from '../../schemas/alerting/incident-event.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

export type RuleContext = {
  warehouse: TenantWarehouse;
  /** End of the minute that is judged. */
  at: Date;
  queues: QueueSettings;
  /** Price books, budgets and what stands ready. */
  costs: CostDeps;
  /** From how many dollars a day on somebody is told of cost. */
  costAlerts: AlertingSettings['costAlerts'];
};

/** One place where a rule is met, or would be with more to go by. Places that are not named are fine. */
export type Finding = {
  /** The objective it is about; left out: none. */
  sloId?: string;
  /** Names the place: a function, a queue. */
  scope: string;
  /** `held`: it looks so, on too few events to judge. */
  verdict: 'reached' | 'held';
  title: string;
  summary: string;
  facts: Fact[];
  labels: IncidentLabels;
  startedAt: Date | null;
  /** When it differs from that of the rule. */
  severity?: Severity;
};

/** Null: what the rule reads is not there at all, so nothing changes. */
export type Findings = Finding[] | null;

export type Rule = {
  /** Also the name of its runbook, docs/runbooks/ID.md. */
  id: string;
  title: string;
  severity: Severity;
  /** Why this severity. */
  why: string;
  /** It must hold so long before anybody is told. */
  minimumMs: number;
  /** Looked at every so many minutes where that is dear; left out: every minute. */
  everyMinutes?: number;
  find: (context: RuleContext) => Promise<Findings>;
};
