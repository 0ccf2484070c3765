import { useMemo } from 'preact/hooks';
import type { z } from 'zod';
import type { BacktestAnswer } from '../../../../schemas/alerting/backtest.js';
import { type BudgetAnswer, WhatIfAnswer } from '../../../../schemas/slo/budget-answer.js';
import { percentText } from '../../../../schemas/slo/percent.js';
import { nominalLengthMs } from '../../../../schemas/slo/period.js';
import type { SloAnswer } from '../../../../schemas/slo/slo-answer.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { type Held, useAnswer } from '../../browser/use-answer.js';
import { useKept } from '../../browser/use-kept.js';
import { exactCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { objectiveChoices } from '../../view/slo/budget-curve.js';
import { budgetText } from '../../view/slo/slo-words.js';
import { type Tried, thresholdChoices, thresholdMsOf, toldText } from '../../view/slo/tried-definition.js';
import { apiUrl } from '../../view/view-state.js';
import { WhatIfSave } from './what-if-save.js';
import { WhatIfSlider } from './what-if-slider.js';

export type WhatIfProps = {
  slo: SloAnswer;
  definition: SloDefinition;
  budget: z.infer<typeof BudgetAnswer>;
  /** Where the sliders stand, and the same once they hold still. */
  tried: Tried;
  asked: Tried;
  setTried: (tried: Tried) => void;
  /** What would have been told with `asked`. */
  played: Held<BacktestAnswer>;
  saved: () => void;
};

const dayMs = 86_400_000;
const inForceOnly: Tried = { objective: null, underMs: null };

/** Sliders over objective and threshold: the past is redrawn as they move, and it can be saved as a change. */
export function WhatIf(props: WhatIfProps) {
  const { slo, definition, budget, tried, asked, setTried, played, saved } = props;
  const inForce = percentText(definition.objective);
  const inForceMs = thresholdMsOf(definition);
  const choices = useMemo(() => objectiveChoices(inForce), [inForce]);
  const thresholds = useMemo(() => (inForceMs === null ? [] : thresholdChoices(inForceMs)), [inForceMs]);
  const days = Math.min(95, Math.max(1, Math.round(nominalLengthMs(definition.period) / dayMs)));
  const url = apiUrl(`slos/${encodeURIComponent(slo.id)}/whatif`, {
    objective: asked.objective ?? inForce,
    ...(asked.underMs === null ? {} : { under: `${asked.underMs}ms` }),
    days: String(days),
    scope: budget.scope,
  });
  const held = useKept(useAnswer(url, WhatIfAnswer).held);
  const past =
    held.kind === 'held' ? held.data.scopes.find(({ scope }) => scope === budget.scope) : undefined;
  const isOther = asked.objective !== null || asked.underMs !== null;
  return (
    <section className="panel what-if" aria-labelledby="what-if-title">
      <h2 id="what-if-title">What if it were</h2>
      <div className="what-if-sliders">
        <WhatIfSlider
          id="what-if"
          label="Objective to try out"
          choices={choices}
          chosen={tried.objective ?? inForce}
          text={(objective) => objective}
          choose={(next) => setTried({ ...tried, objective: next === inForce ? null : next })}
          ends={['looser', 'stricter']}
        />
        {inForceMs !== null && (
          <WhatIfSlider
            id="what-if-under"
            label="Threshold to try out"
            choices={thresholds}
            chosen={tried.underMs ?? inForceMs}
            text={(ms) => `under ${formatDuration(ms)}`}
            choose={(next) => setTried({ ...tried, underMs: next === inForceMs ? null : next })}
            ends={['faster', 'slower']}
          />
        )}
      </div>
      <p className="what-if-past" aria-live="polite">
        {past === undefined ? (
          held.kind === 'failed' ? (
            held.failure.message
          ) : (
            'Looking at the past…'
          )
        ) : (
          <>
            Over the last {days} days <strong>{budgetText(past.remainingRatio)}</strong> of the budget would
            be left; {exactCount(past.minutesInBreach)} of {exactCount(past.minutes)} minutes were worse than{' '}
            {asked.objective ?? inForce}
            {played.kind === 'held' && (
              <>
                , and <strong>{toldText(played.data.summary)}</strong>{' '}
                {isOther ? 'would have been' : 'were due'} in the period
              </>
            )}
            .
          </>
        )}
      </p>
      <WhatIfSave
        key={JSON.stringify(tried)}
        slo={slo}
        tried={tried}
        reset={() => setTried(inForceOnly)}
        saved={() => {
          setTried(inForceOnly);
          saved();
        }}
      />
    </section>
  );
}
