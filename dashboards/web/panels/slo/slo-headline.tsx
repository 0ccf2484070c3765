import type { z } from 'zod';
import type { BudgetAnswer } from '../../../../schemas/slo/budget-answer.js';
import type { PanelState } from '../../panel-state.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { budgetText, burnText, objectiveText, timeLeftText, windowText } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { Headline } from '../headline.js';
import { Tile } from '../tile.js';

type Budget = z.infer<typeof BudgetAnswer>;

const labels = ['Budget left', 'Measured', 'Promised', 'Bad events', 'Burn', 'Lasts'];

/** One objective in six figures. */
export function SloHeadline({ state, retry }: { state: PanelState<Budget, string>; retry: () => void }) {
  return (
    <Headline labels={labels} state={state} retry={retry}>
      {tiles}
    </Headline>
  );
}

function tiles(budget: Budget) {
  const { remainingRatio, good, total, bad, badAllowed, objective, burn, timeToEmptyMs } = budget;
  const fastest = burn.find(({ windowMs }) => windowMs >= 3_600_000) ?? burn[0];
  const isSpent = remainingRatio !== null && remainingRatio <= 0;
  return (
    <>
      <Tile
        label="Budget left"
        alarm={isSpent}
        value={<Figure text={budgetText(remainingRatio)} title="nothing happened that counts" />}
        note={isSpent ? 'spent' : 'of the period'}
      />
      <Tile
        label="Measured"
        alarm={total > 0 && good / total < objective}
        value={
          <Figure
            text={formatRatio(total === 0 ? null : good / total)}
            title="nothing happened that counts"
          />
        }
        note={`${formatCount(total)} events`}
        noteTitle={`${exactCount(good)} good of ${exactCount(total)}`}
      />
      <Tile label="Promised" value={<Figure text={objectiveText(objective)} />} note="the objective" />
      <Tile
        label="Bad events"
        alarm={bad > badAllowed}
        value={<Figure text={formatCount(bad)} title={exactCount(bad)} />}
        note={`of ${formatCount(Math.floor(badAllowed))} allowed`}
      />
      <Tile
        label="Burn"
        alarm={(fastest?.rate ?? 0) > 1}
        value={<Figure text={burnText(fastest?.rate ?? null)} title="nothing happened lately" />}
        note={fastest === undefined ? undefined : `over ${windowText(fastest.windowMs)}`}
      />
      <Tile
        label="Lasts"
        value={<Figure text={timeLeftText({ timeToEmptyMs, remainingRatio })} />}
        note="if it goes on so"
      />
    </>
  );
}
