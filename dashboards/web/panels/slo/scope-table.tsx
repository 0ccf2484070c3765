import type { z } from 'zod';
import type { BudgetAnswer } from '../../../../schemas/slo/budget-answer.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { budgetText, sloHref } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { BudgetBar } from './budget-bar.js';
import { StatusChip } from './status-chip.js';

export type ScopeTableProps = {
  id: string;
  scopes: z.infer<typeof BudgetAnswer>['scopes'];
  shown: string;
};

const mostShown = 100;

/** The objective for each value of its dimension. */
export function ScopeTable({ id, scopes, shown }: ScopeTableProps) {
  return (
    <>
      <table className="debug-table scope-table">
        <caption className="unseen">Scopes, worst off first</caption>
        <thead>
          <tr>
            <th scope="col">Scope</th>
            <th scope="col" className="status-column">
              Status
            </th>
            <th scope="col" className="number wide-only">
              Events
            </th>
            <th scope="col" className="number budget-column">
              Budget left
            </th>
          </tr>
        </thead>
        <tbody>
          {scopes.slice(0, mostShown).map(({ scope, status, total, remainingRatio }) => (
            <tr key={scope} data-chosen={scope === shown}>
              <th scope="row">
                <a href={sloHref(id, scope)} aria-current={scope === shown ? 'true' : undefined}>
                  <bdi>{scope === '' ? 'not told' : scope}</bdi>
                </a>
              </th>
              <td className="status-column">
                <StatusChip status={status} />
              </td>
              <td className="number wide-only" title={exactCount(total)}>
                <Figure text={formatCount(total)} />
              </td>
              <td className="number budget-column">
                <Figure text={budgetText(remainingRatio)} title="nothing happened that counts" />
                <BudgetBar remainingRatio={remainingRatio} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {scopes.length > mostShown && (
        <p className="aside debug-foot">Only the {mostShown} worst off are listed.</p>
      )}
    </>
  );
}
