import type { z } from 'zod';
import type { BudgetAnswer } from '../../../schemas/slo/budget-answer.js';
import type { SloAnswer } from '../../../schemas/slo/slo-answer.js';
import type { SloDefinition } from '../../../schemas/slo/slo-definition.js';
import type { Held } from '../browser/use-answer.js';
import { StatusChip } from '../panels/slo/status-chip.js';
import { hrefKeeping } from '../view/view-state.js';
import { FacetSelect } from './facet-select.js';

export type SloBarProps = {
  id: string;
  slo: Held<SloAnswer>;
  budget: Held<z.infer<typeof BudgetAnswer>>;
  definition: SloDefinition | null;
  scope: string;
  setScope: (scope: string) => void;
};

const mostInMenu = 200;

/** Which objective is looked at, how it stands, and the way back. */
export function SloBar({ id, slo, budget, definition, scope, setScope }: SloBarProps) {
  const title = slo.kind === 'held' ? slo.data.definition['title'] : null;
  const name = typeof title === 'string' ? title : id;
  const held = budget.kind === 'held' ? budget.data : null;
  const scopes = held === null ? [] : held.scopes.map((one) => one.scope).slice(0, mostInMenu);
  return (
    <div className="function-bar">
      <div className="function-title">
        <a className="back" href={hrefKeeping('/slos', location.search)}>
          <span aria-hidden="true">←</span> SLOs
        </a>
        <h1 title={name}>
          <bdi>{name}</bdi>
        </h1>
        <p className="slo-places">
          {held !== null && <StatusChip status={held.status} />}
          {held !== null && held.scope !== '' && (
            <span className="chip" title={held.scope}>
              <bdi>{held.scope}</bdi>
            </span>
          )}
          <bdi>{id}</bdi>
          {definition?.owner !== undefined && <bdi className="slo-owner">{definition.owner}</bdi>}
        </p>
      </div>
      <div className="function-controls">
        {definition?.runbook !== undefined && (
          <a className="button small" href={definition.runbook} rel="noreferrer">
            Runbook
          </a>
        )}
        {scopes.length > 1 && (
          <FacetSelect
            label="Scope"
            everything="Worst off"
            values={scopes}
            chosen={scope === '' ? null : scope}
            choose={(next) => setScope(next ?? '')}
          />
        )}
      </div>
    </div>
  );
}
