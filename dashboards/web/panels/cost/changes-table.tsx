import type { ChangeRow, ChangesAnswer } from '../../../../schemas/cost/changes.js';
import { rowKey, rowName } from '../../view/cost/cost-rows.js';
import { effectList } from '../../view/cost/cost-words.js';
import { exactUsd, formatChange, formatUsd, picoOf } from '../../view/cost/money.js';
import { exactCount } from '../../view/format-count.js';
import { Figure } from '../figure.js';

const mostShown = 10;

/** Largest change first; the effects of each row, and of all, add up to its change. */
export function ChangesTable({ answer }: { answer: ChangesAnswer }) {
  const { rows, total, groupBy } = answer;
  return (
    <>
      <table className="debug-table changes-table">
        <caption className="unseen">Changes of cost and why, largest first</caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col" className="number wide-only">
              Before
            </th>
            <th scope="col" className="number wide-only">
              Now
            </th>
            <th scope="col" className="number">
              Change
            </th>
            <th scope="col" className="why">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          <Row row={total} name="All" aside="" />
          {rows.slice(0, mostShown).map((row) => (
            <Row key={rowKey(row.labels, groupBy)} row={row} {...rowName(row.labels, groupBy)} />
          ))}
        </tbody>
      </table>
      {rows.length > mostShown && (
        <p className="aside debug-foot">
          The {mostShown} largest changes of {exactCount(rows.length)}; all of them are in the first row.
        </p>
      )}
    </>
  );
}

/** From half of the least amount that is written on. */
function isShown(usd: string): boolean {
  const pico = picoOf(usd);
  return pico >= 50_000_000n || pico <= -50_000_000n;
}

function Row({ row, name, aside }: { row: ChangeRow; name: string; aside: string }) {
  const all = effectList(row.effects);
  // What rounds to nothing says nothing here; the largest always does.
  const effects = all.filter(({ usd }, index) => index === 0 || isShown(usd));
  return (
    <tr>
      <th scope="row" title={name}>
        <bdi>{name}</bdi>{' '}
        {aside !== '' && (
          <span className="aside">
            <bdi>{aside}</bdi>
          </span>
        )}
      </th>
      <td className="number wide-only" title={exactUsd(row.beforeUsd)}>
        <Figure text={formatUsd(row.beforeUsd)} />
      </td>
      <td className="number wide-only" title={exactUsd(row.afterUsd)}>
        <Figure text={formatUsd(row.afterUsd)} />
      </td>
      <td className="number" title={exactUsd(row.changeUsd)}>
        <Figure text={formatChange(row.changeUsd)} />
      </td>
      <td className="why">
        {effects.length === 0
          ? 'nothing changed'
          : effects.map(({ key, words, usd }) => (
              <span key={key} className="effect" title={exactUsd(usd)}>
                {words} <Figure text={formatChange(usd)} />
              </span>
            ))}
      </td>
    </tr>
  );
}
