import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { burnTiers, burnWidth } from '../../view/slo/burn-tiers.js';
import { burnText, windowText } from '../../view/slo/slo-words.js';

export type BurnTableProps = {
  definition: SloDefinition;
  burn: readonly { windowMs: number; rate: number | null }[];
};

/** Each condition that alerts, and how near it is: both its windows must be above the factor. */
export function BurnTable({ definition, burn }: BurnTableProps) {
  return (
    <ul className="burn-tiers">
      {burnTiers(definition, burn).map(
        ({ severity, factor, longMs, shortMs, longRate, shortRate, isReached }) => (
          <li
            key={`${severity} ${longMs} ${shortMs} ${factor}`}
            className="burn-tier"
            data-reached={isReached}
          >
            <p className="burn-words">
              <span className="status-chip" data-status={isReached ? severity : 'quiet'}>
                {severity === 'page' ? 'Page' : 'Ticket'}
              </span>
              <span>above {burnText(factor)}</span>
              <span className="burn-state">{isReached ? 'reached' : 'not reached'}</span>
            </p>
            <Window lengthMs={longMs} rate={longRate} factor={factor} />
            <Window lengthMs={shortMs} rate={shortRate} factor={factor} />
          </li>
        ),
      )}
    </ul>
  );
}

function Window({ lengthMs, rate, factor }: { lengthMs: number; rate: number | null; factor: number }) {
  const isOver = (rate ?? 0) > factor;
  return (
    <div className="burn-window">
      <span className="burn-length">{windowText(lengthMs)}</span>
      <svg className="burn-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="budget-track" x="0" y="1" width="100" height="4" />
        <rect
          className="burn-fill"
          data-over={isOver}
          x="0"
          y="1"
          width={burnWidth(rate, factor) * 100}
          height="4"
        />
        <rect className="burn-mark" x="49.6" y="0" width="0.8" height="6" />
      </svg>
      <span className="burn-rate" data-over={isOver}>
        {burnText(rate)}
      </span>
    </div>
  );
}
