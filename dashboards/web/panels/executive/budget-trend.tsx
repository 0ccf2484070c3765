import { exactCount } from '../../view/format-count.js';
import { type BudgetRow, keyOf } from '../../view/slo/budget-rows.js';
import { budgetText, changeText, objectiveText, sloHref } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { BudgetBar } from '../slo/budget-bar.js';
import { StatusChip } from '../slo/status-chip.js';

const mostShown = 8;

/** Objectives with what is left now and what was left when the time shown began. */
export function BudgetTrend({ rows }: { rows: readonly BudgetRow[] }) {
  return (
    <>
      <table className="debug-table scope-table budget-trend">
        <caption className="unseen">Objectives, worst off first</caption>
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col" className="status-column wide-only">
              Status
            </th>
            <th scope="col" className="number wide-only">
              Promised
            </th>
            <th scope="col" className="number wide-only">
              Change
            </th>
            <th scope="col" className="number budget-column">
              Budget left
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostShown).map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row" title={row.title}>
                <a href={sloHref(row.id, row.scope)}>
                  <bdi>{row.title}</bdi>
                </a>
                {row.scope !== '' && (
                  <>
                    {' '}
                    <span className="aside">
                      <bdi>{row.scope}</bdi>
                    </span>
                  </>
                )}
              </th>
              <td className="status-column wide-only">
                <StatusChip status={row.status} />
              </td>
              <td className="number wide-only">
                <Figure text={objectiveText(row.objective)} />
              </td>
              <td className="number wide-only" title="Points of a hundred since the time shown began">
                {changeText(row.remainingRatio, row.beforeRatio) ?? '—'}
              </td>
              <td
                className="number budget-column"
                title={`${exactCount(row.bad)} bad of ${exactCount(row.badAllowed)} allowed`}
              >
                <Figure text={budgetText(row.remainingRatio)} title="nothing happened that counts" />
                <BudgetBar remainingRatio={row.remainingRatio} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostShown && (
        <p className="aside debug-foot">
          The {mostShown} worst off of {rows.length}.
        </p>
      )}
    </>
  );
}
