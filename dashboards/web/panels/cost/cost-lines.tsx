import type { CostLine, CostRow } from '../../../../schemas/cost/attribution.js';
import { placeText, quantityText, sourceHref } from '../../view/cost/cost-rows.js';
import { exactUsd, sumUsd } from '../../view/cost/money.js';

const mostShown = 40;

/** The amount explained: quantity times rate, by which rule, and where the rate was read. The lines add up to the row. */
export function CostLines({ row }: { row: CostRow }) {
  const { lines, costUsd } = row;
  const priced = lines.filter((line) => line.costUsd !== null);
  if (lines.length === 0)
    return <p className="cost-sum">Its platform has no rule of billing known here, so no amount is shown.</p>;
  return (
    <>
      <ul className="cost-lines">
        {lines.slice(0, mostShown).map((line) => (
          <Line
            key={JSON.stringify([placeText(line), line.dimension, line.unit, line.rateUsd, line.rule])}
            line={line}
          />
        ))}
      </ul>
      {lines.length > mostShown && (
        <p className="aside">
          And {lines.length - mostShown} more lines that cost{' '}
          {exactUsd(sumUsd(lines.slice(mostShown).map((line) => line.costUsd ?? '0')))} together.
        </p>
      )}
      <p className="cost-sum">
        {priced.length === 0 ? 'No rate is known for any of it.' : <>Together {exactUsd(costUsd)}</>}
      </p>
    </>
  );
}

function Line({ line }: { line: CostLine }) {
  const { dimension, quantity, unit, rateUsd, costUsd, rule, source } = line;
  const href = source === null ? null : sourceHref(source.url);
  return (
    <li>
      <p className="cost-line-head">
        <strong>
          <bdi>{dimension}</bdi>
        </strong>{' '}
        <span className="aside">
          <bdi>{placeText(line)}</bdi>
        </span>
      </p>
      <p className="cost-product">
        <span>
          {quantityText(quantity)} {unit} × {rateUsd === null ? 'no rate known' : exactUsd(rateUsd)}
        </span>{' '}
        <span className="cost-amount">{costUsd === null ? 'in no amount' : `= ${exactUsd(costUsd)}`}</span>
      </p>
      <p className="aside cost-source">
        <bdi>{rule}</bdi>
        {source !== null && (
          <>
            {' · '}
            {href === null ? (
              <bdi>{source.title}</bdi>
            ) : (
              <a href={href} rel="noreferrer" target="_blank">
                <bdi>{source.title}</bdi>
              </a>
            )}
            {source.asOf !== null && `, read on ${source.asOf}`}
            {!source.verified && ', not verified'}
          </>
        )}
      </p>
    </li>
  );
}
