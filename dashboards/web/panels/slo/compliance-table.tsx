import type { ComplianceAnswer } from '../../../../schemas/slo/compliance-answer.js';
import { exactCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { objectiveText } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';

type Period = ComplianceAnswer['periods'][number];

/** Whether the objective was kept, period by period; what corrections took out is told beside it. */
export function ComplianceTable({ periods }: { periods: readonly Period[] }) {
  const first = periods.findLastIndex(({ total }) => total > 0);
  // Periods before anything was counted are no periods of this objective.
  const shown = periods.slice(0, Math.max(1, first + 1));
  return (
    <table className="debug-table">
      <caption className="unseen">Compliance by period, latest first</caption>
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col" className="number wide-only">
            Bad
          </th>
          <th scope="col" className="number wide-only">
            Promised
          </th>
          <th scope="col" className="number">
            Measured
          </th>
          <th scope="col" className="number kept-column">
            Kept
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((period) => (
          <tr key={period.label}>
            <th scope="row" title={period.wasInForce ? undefined : 'The objective was made later'}>
              {period.label} {!period.isOver && <span className="aside">so far</span>}
              {period.wasInForce ? '' : <span className="aside"> made later</span>}
            </th>
            <td className="number wide-only" title={`of ${exactCount(period.total)}`}>
              {exactCount(period.bad)}
            </td>
            <td className="number wide-only">{objectiveText(period.objective)}</td>
            <td className="number" title={rawText(period)}>
              <Figure text={formatRatio(period.ratio)} title={rawText(period) ?? 'nothing counted'} />
            </td>
            <td className="number kept-column">
              {period.met === null ? (
                <span className="aside">nothing ran</span>
              ) : (
                <span className="status-chip" data-status={period.met ? 'ok' : 'exhausted'}>
                  {period.met ? 'Kept' : 'Missed'}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rawText({ raw, total, good }: Period): string | undefined {
  if (raw.total === total && raw.good === good) return undefined;
  return `${formatRatio(raw.ratio)} without corrections`;
}
