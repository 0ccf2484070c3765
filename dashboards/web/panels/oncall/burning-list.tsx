import type { ListedBudget } from '../../../../schemas/slo/budget-list.js';
import { keyOf } from '../../view/slo/budget-rows.js';
import { budgetText, burnText, sloHref, timeLeftText, windowText } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { BudgetBar } from '../slo/budget-bar.js';
import { StatusChip } from '../slo/status-chip.js';

const mostShown = 10;

/** Objectives that lose their budget now, or have lost it. */
export function BurningList({ budgets }: { budgets: readonly ListedBudget[] }) {
  return (
    <>
      <ul className="burning-list">
        {budgets.slice(0, mostShown).map((budget) => {
          const { id, scope, title, status, remainingRatio, burn, owner } = budget;
          const fastest = burn.find(({ windowMs }) => windowMs >= 3_600_000) ?? burn[0];
          return (
            <li key={keyOf(budget)} className="burning">
              <StatusChip status={status} />
              <div className="burning-what">
                <a className="name" href={sloHref(id, scope)} title={title}>
                  <bdi>{title}</bdi>
                </a>
                <span className="slo-places">
                  {scope !== '' && (
                    <span className="chip" title={scope}>
                      <bdi>{scope}</bdi>
                    </span>
                  )}
                  {owner !== null && <bdi>{owner}</bdi>}
                </span>
              </div>
              <dl className="burning-figures">
                <div>
                  <dt>Burn{fastest === undefined ? '' : `, ${windowText(fastest.windowMs)}`}</dt>
                  <dd>{burnText(fastest?.rate ?? null)}</dd>
                </div>
                <div>
                  <dt>Lasts</dt>
                  <dd>
                    <Figure text={timeLeftText(budget)} />
                  </dd>
                </div>
                <div className="burning-left">
                  <dt>Budget left</dt>
                  <dd>
                    <Figure text={budgetText(remainingRatio)} />
                    <BudgetBar remainingRatio={remainingRatio} />
                  </dd>
                </div>
              </dl>
            </li>
          );
        })}
      </ul>
      {budgets.length > mostShown && (
        <p className="aside debug-foot">
          And {budgets.length - mostShown} more on the page of <a href="/slos">SLOs</a>.
        </p>
      )}
    </>
  );
}
