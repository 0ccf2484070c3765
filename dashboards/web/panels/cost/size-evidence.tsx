import type { RightsizingRow } from '../../../../schemas/cost/rightsizing.js';
import { useColumnCount } from '../../browser/use-column-count.js';
import { sizeText } from '../../view/cost/cost-words.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { FunctionCell } from '../function-cell.js';

const mostShown = 6;

/** What each function really did at each size it ran at, and what follows from it. */
export function SizeEvidence({ rows, range }: { rows: readonly RightsizingRow[]; range: TimeRangeId }) {
  const judged = rows.filter(({ verdict }) => verdict !== 'no evidence');
  const unknown = rows.length - judged.length;
  return (
    <>
      {judged.length > 0 && (
        <table className="debug-table size-table">
          <caption className="unseen">Functions by memory size, largest saving first</caption>
          <thead>
            <tr>
              <th scope="col">Function</th>
              <th scope="col" className="number wide-only">
                Runs
              </th>
              <th scope="col" className="number wide-only">
                Mean billed
              </th>
              <th scope="col" className="number wide-only">
                Success
              </th>
              <th scope="col" className="number">
                Per million
              </th>
            </tr>
          </thead>
          {judged.slice(0, mostShown).map((row) => (
            <Judged key={JSON.stringify([row.function, row.environment, row.team])} row={row} range={range} />
          ))}
        </table>
      )}
      {judged.length > mostShown && (
        <p className="aside debug-foot">
          The {mostShown} largest savings of {exactCount(judged.length)}.
        </p>
      )}
      {unknown > 0 && (
        <p className="debug-nothing">
          No evidence for {exactCount(unknown)} {unknown === 1 ? 'function' : 'functions'}: to find out,
          deploy a version or alias with another size and let it serve 100 runs.
        </p>
      )}
    </>
  );
}

function Judged({ row, range }: { row: RightsizingRow; range: TimeRangeId }) {
  const columns = useColumnCount(5, 3);
  return (
    <tbody>
      <tr>
        <FunctionCell row={row} range={range} />
        <td className="verdict" colSpan={columns - 1}>
          {row.verdict === 'change' ? (
            <>
              <strong>{sizeText(row)}</strong>{' '}
              {row.savingUsd !== null && (
                <>
                  saves <Figure text={formatUsd(row.savingUsd)} title={exactUsd(row.savingUsd)} />
                </>
              )}
              {row.confidence !== null && `, confidence ${row.confidence}`}
            </>
          ) : (
            `keep ${sizeText(row)}`
          )}
        </td>
      </tr>
      <tr className="size-reason">
        <td colSpan={columns}>
          <bdi>{row.reason}</bdi>
        </td>
      </tr>
      {row.sizes.map((size) => (
        <tr key={size.memoryMb} className="size-row" data-chosen={size.memoryMb === row.memoryMb}>
          <th scope="row">
            {size.memoryMb} MB
            <span className="aside">
              {size.memoryMb === row.currentMemoryMb && ' now'}
              {size.outOfMemory > 0 && `, ${formatCount(size.outOfMemory)} ran out of memory`}
              {size.usedMaxMb !== null && `, used up to ${size.usedMaxMb} MB`}
            </span>
          </th>
          <td className="number wide-only" title={exactCount(size.invocations)}>
            {formatCount(size.invocations)}
          </td>
          <td className="number wide-only">
            <Figure text={formatDuration(size.meanBilledMs)} />
          </td>
          <td className="number wide-only">
            <Figure text={formatRatio(size.successRatio)} />
          </td>
          <td className="number">
            <Figure text={formatUsd(size.costPerMillionUsd)} title="no rate or no runs" />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
