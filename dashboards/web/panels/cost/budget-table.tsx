import type { BudgetRow } from '../../../../schemas/cost/forecast.js';
import { dayText } from '../../view/clock-time.js';
import { budgetWords } from '../../view/cost/cost-words.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import { Figure } from '../figure.js';
import { BudgetBar } from '../slo/budget-bar.js';

/** Money set aside for a month: how much is gone, and when it ends. */
export function BudgetTable({ rows }: { rows: readonly BudgetRow[] }) {
  return (
    <table className="debug-table">
      <caption className="unseen">Budgets of this billing cycle</caption>
      <thead>
        <tr>
          <th scope="col">Budget</th>
          <th scope="col" className="number">
            Forecast
          </th>
          <th scope="col" className="spent-column">
            Spent
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { label, chip } = budgetWords[row.status];
          return (
            <tr key={row.name}>
              <th scope="row" title={row.name}>
                <bdi>{row.name}</bdi>{' '}
                <span className="status-chip" data-status={chip}>
                  {label}
                </span>
                {row.endsAt !== null && (
                  <span className="aside"> ends {dayText(Date.parse(row.endsAt), 'UTC')}</span>
                )}
              </th>
              <td className="number" title={exactUsd(row.forecastUsd)}>
                <Figure text={formatUsd(row.forecastUsd)} title="not a whole day of history yet" />
              </td>
              <td className="spent-column" title={`${exactUsd(row.spentUsd)} of ${exactUsd(row.limitUsd)}`}>
                {formatUsd(row.spentUsd)} of {formatUsd(row.limitUsd)}
                <BudgetBar remainingRatio={1 - row.spentRatio} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
