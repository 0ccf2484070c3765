import { useState } from 'preact/hooks';
import type { ChartData } from '../../view/chart/chart-data.js';
import { stepWhen } from '../../view/chart/chart-words.js';
import { unknown } from '../../view/figure.js';

const mostColumns = 12;
const fewRows = 24;

/** The same figures as rows, newest first. */
export function ChartTable({ title, data }: { title: string; data: ChartData }) {
  const series = data.series.slice(0, mostColumns);
  const [all, setAll] = useState(false);
  const steps = Array.from(
    { length: all ? data.steps : Math.min(fewRows, data.steps) },
    (_, index) => data.steps - 1 - index,
  );
  return (
    <>
      <table className="debug-table chart-table">
        <caption className="unseen">{title}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col" className="number">
                <bdi>{label}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((index) => (
            <tr key={index}>
              <th scope="row">{stepWhen(data, index)}</th>
              {series.map(({ key, values }) => {
                const value = values[index] ?? null;
                return (
                  <td key={key} className="number">
                    {value === null ? unknown : data.format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {data.steps > fewRows && (
        <button type="button" className="link debug-foot" onClick={() => setAll(!all)}>
          {all ? `Only the latest ${fewRows}` : `All ${data.steps} rows`}
        </button>
      )}
    </>
  );
}
