import type { ComplianceAnswer } from '../../../../schemas/slo/compliance-answer.js';
import { exactCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { objectiveText, sloHref } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';

export type ComplianceMonthsProps = {
  answers: readonly ComplianceAnswer[];
  titles: ReadonlyMap<string, string>;
};

/** Whether each objective was kept, month by month, the present one last and marked as not over. */
export function ComplianceMonths({ answers, titles }: ComplianceMonthsProps) {
  // Months before anything was counted are no months of these objectives.
  const counted = answers.flatMap(({ periods }) => periods.filter(({ total }) => total > 0));
  const months = [...new Set(counted.map(({ label }) => label))].sort();
  return (
    <table className="debug-table months-table">
      <caption className="unseen">Compliance by month, the month that runs last</caption>
      <thead>
        <tr>
          <th scope="col">Objective</th>
          {months.map((month, index) => (
            <th key={month} scope="col" className={index < months.length - 2 ? 'number wide-only' : 'number'}>
              {month}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answers.map(({ id, scope, periods }) => (
          <tr key={`${id} ${scope}`}>
            <th scope="row" title={titles.get(id) ?? id}>
              <a href={sloHref(id, scope)}>
                <bdi>{titles.get(id) ?? id}</bdi>
              </a>{' '}
              {scope !== '' && (
                <span className="aside">
                  <bdi>{scope}</bdi>
                </span>
              )}
            </th>
            {months.map((month, index) => {
              const period = periods.find(({ label }) => label === month);
              const met = period?.met ?? null;
              return (
                <td
                  key={month}
                  className={index < months.length - 2 ? 'number wide-only' : 'number'}
                  data-met={met}
                  title={
                    period === undefined
                      ? undefined
                      : `${objectiveText(period.objective)} promised, ${exactCount(period.bad)} of ${exactCount(period.total)} bad${period.isOver ? '' : ', so far'}`
                  }
                >
                  <Figure text={formatRatio(period?.ratio ?? null)} title="nothing that counts" />
                  {met !== null && <span className="unseen">{met ? ', kept' : ', missed'}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
