import type { CostAnswer } from '../../../../schemas/cost/attribution.js';
import { exactUsd } from '../../view/cost/money.js';
import { exactCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';

const mostShown = 2;
const mostFolded = 30;

/** What is not in the amounts, and what they rest on. */
export function CostNotes({ answer }: { answer: CostAnswer }) {
  const { unpricedInvocations, coverageRatio, shared, notes, priceBook } = answer;
  const order = [...notes].sort((one, other) => rank(one.code) - rank(other.code));
  return (
    <div className="cost-notes">
      {unpricedInvocations > 0 && (
        <p>
          {exactCount(unpricedInvocations)} runs are in no amount: a rate is missing, or their platform has no
          rule of billing known here.
        </p>
      )}
      {coverageRatio !== null && coverageRatio < 1 && (
        <p>
          Telemetry shows {formatRatio(coverageRatio)} of the runs the providers counted; the rest is missing
          here.
        </p>
      )}
      {shared.map(({ name, costUsd, by, author, reason }) => (
        <p key={name}>
          <bdi>{name}</bdi>: {exactUsd(costUsd)} spread by {by} (<bdi>{author}</bdi>: <bdi>{reason}</bdi>).
        </p>
      ))}
      {order.slice(0, mostShown).map(({ code, message }) => (
        <p key={code + message}>
          <bdi>{message}</bdi>
        </p>
      ))}
      {order.length > mostShown && (
        <details>
          <summary>{exactCount(order.length - mostShown)} further notes</summary>
          {order.slice(mostShown, mostShown + mostFolded).map(({ code, message }) => (
            <p key={code + message}>
              <bdi>{message}</bdi>
            </p>
          ))}
          {order.length > mostShown + mostFolded && <p>All of them are in the answer of the API.</p>}
        </details>
      )}
      <p>Price book {priceBook}. This is what usage comes to, not a bill.</p>
    </div>
  );
}

const rank = (code: CostAnswer['notes'][number]['code']) => (code === 'missing-rate' ? 0 : 1);
