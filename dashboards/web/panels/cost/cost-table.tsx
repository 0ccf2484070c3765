import { useState } from 'preact/hooks';
import type { CostAnswer, CostRow } from '../../../../schemas/cost/attribution.js';
import { useColumnCount } from '../../browser/use-column-count.js';
import type { CostGroup } from '../../view/cost/cost-groups.js';
import { missingRates, rowAmount, rowKey, rowName } from '../../view/cost/cost-rows.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { functionHref } from '../../view/function-href.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { CostLines } from './cost-lines.js';

export type CostTableProps = {
  answer: CostAnswer;
  group: CostGroup;
  /** Key of the row that is open; empty when none is. */
  open: string;
  toggle: (key: string) => void;
  range: TimeRangeId;
};

const shownAtOnce = 15;
const moreAtOnce = 100;

/** Who the money is for, dearest first; a row opens into the lines its amount is made of. */
export function CostTable({ answer, group, open, toggle, range }: CostTableProps) {
  const [most, setMost] = useState(shownAtOnce);
  const { rows } = answer;
  return (
    <>
      <table className="debug-table cost-table">
        <caption className="unseen">Cost by {group.label.toLowerCase()}, dearest first</caption>
        <thead>
          <tr>
            <th scope="col">{group.label}</th>
            <th scope="col" className="number wide-only">
              Runs
            </th>
            <th scope="col" className="number wide-only">
              Per million
            </th>
            <th scope="col" className="number">
              Share
            </th>
            <th scope="col" className="number">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => {
            const key = rowKey(row.labels, group.dimensions);
            return (
              <Row
                key={key}
                row={row}
                group={group}
                range={range}
                isOpen={key === open}
                press={() => toggle(key === open ? '' : key)}
              />
            );
          })}
        </tbody>
      </table>
      {rows.length > most && (
        <p className="aside debug-foot">
          The {most} dearest of {exactCount(rows.length)}.{' '}
          <button type="button" className="button small" onClick={() => setMost(most + moreAtOnce)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

type RowProps = { row: CostRow; group: CostGroup; range: TimeRangeId; isOpen: boolean; press: () => void };

function Row({ row, group, range, isOpen, press }: RowProps) {
  const columns = useColumnCount(5, 2);
  const { name, aside } = rowName(row.labels, group.dimensions);
  const missing = missingRates(row);
  const amount = rowAmount(row);
  const { function: fn, environment } = row.labels;
  return (
    <>
      <tr data-chosen={isOpen}>
        <th scope="row" title={name}>
          <button
            type="button"
            className="row-open"
            aria-expanded={isOpen}
            aria-label={`${name}, explain`}
            onClick={press}
          >
            <bdi>{name}</bdi>
          </button>{' '}
          {aside !== '' && (
            <span className="aside">
              <bdi>{aside}</bdi>
            </span>
          )}
          {missing > 0 && (
            <>
              {' '}
              <span className="status-chip" data-status="burning">
                rate missing
              </span>
            </>
          )}
        </th>
        <td className="number wide-only" title={exactCount(row.invocations)}>
          <Figure text={formatCount(row.invocations)} />
        </td>
        <td className="number wide-only">
          <Figure
            text={formatUsd(amount === null ? null : row.costPerMillionUsd)}
            title="no rate or no runs"
          />
        </td>
        <td className="number">
          <Figure text={formatRatio(amount === null ? null : row.shareRatio)} title="of the total" />
        </td>
        <td className="number">
          <Figure text={formatUsd(amount)} title={amount === null ? 'no rate is known' : exactUsd(amount)} />
        </td>
      </tr>
      {isOpen && (
        <tr className="cost-explained">
          <td colSpan={columns}>
            <CostLines row={row} />
            {fn !== undefined && environment !== undefined && (
              <p className="debug-foot">
                <a href={functionHref(fn, environment, range)}>
                  The runs of <bdi>{fn}</bdi>
                </a>
              </p>
            )}
          </td>
        </tr>
      )}
    </>
  );
}
