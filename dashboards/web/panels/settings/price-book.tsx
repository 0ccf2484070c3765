import { useMemo, useState } from 'preact/hooks';
import type { BookAnswer } from '../../../../schemas/cost/book-answer.js';
import { sourceHref } from '../../view/cost/cost-rows.js';
import { exactCount } from '../../view/format-count.js';
import { inForceText, matchingRates, providersOf } from '../../view/settings/book-rows.js';
import { FilterField } from '../filter-field.js';

const shownAtOnce = 12;

/** Every rate amounts are made of, with the page it was read on. */
export function PriceBookTable({ book: { rates } }: { book: BookAnswer }) {
  const [text, setText] = useState('');
  const [most, setMost] = useState(shownAtOnce);
  const found = useMemo(() => matchingRates(rates, text), [rates, text]);
  return (
    <>
      <div className="book-head">
        <p className="aside">
          {providersOf(rates)
            .map(({ provider, count }) => `${provider} ${exactCount(count)}`)
            .join(', ')}
        </p>
        <FilterField label="Filter rates" value={text} change={setText} />
      </div>
      {found.length === 0 ? (
        <p className="debug-nothing">No rate matches.</p>
      ) : (
        <table className="debug-table book-table">
          <caption className="unseen">Rates of the price book</caption>
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col" className="wide-only book-place">
                Region
              </th>
              <th scope="col" className="number book-price">
                Price
              </th>
              <th scope="col" className="wide-only book-source">
                Read at
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((rate) => {
              const href = rate.source === null ? null : sourceHref(rate.source.url);
              const name = `${rate.provider} ${rate.product} ${rate.dimension}`;
              return (
                <tr key={JSON.stringify(rate)}>
                  <th scope="row" title={name}>
                    <bdi>{rate.product}</bdi> <bdi>{rate.dimension}</bdi>{' '}
                    <span className="aside">
                      <bdi>{[rate.provider, rate.arch, inForceText(rate)].filter(Boolean).join(', ')}</bdi>
                    </span>
                  </th>
                  <td className="wide-only book-place">
                    <bdi>{rate.region}</bdi>
                  </td>
                  <td
                    className="number book-price"
                    title={rate.tier === null ? undefined : `for ${rate.tier} of a month`}
                  >
                    {rate.currency === 'USD' ? '$' : `${rate.currency} `}
                    {rate.price} <span className="unit">{rate.unit}</span>
                  </td>
                  <td className="wide-only book-source" title={rate.source?.title}>
                    {rate.source === null ? (
                      'not told'
                    ) : href === null ? (
                      <bdi>{rate.source.title}</bdi>
                    ) : (
                      <a href={href} rel="noreferrer" target="_blank">
                        <bdi>{rate.source.title}</bdi>
                      </a>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {found.length > most && (
        <p className="aside debug-foot">
          {most} of {exactCount(found.length)}.{' '}
          <button type="button" className="button small" onClick={() => setMost(most + 50)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}
