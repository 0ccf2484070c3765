import { useMemo, useState } from 'preact/hooks';
import type { z } from 'zod';
import { type BudgetAnswer, WhatIfAnswer } from '../../../../schemas/slo/budget-answer.js';
import { percentText } from '../../../../schemas/slo/percent.js';
import { nominalLengthMs } from '../../../../schemas/slo/period.js';
import { SloAnswer } from '../../../../schemas/slo/slo-answer.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { send } from '../../browser/ask.js';
import { useAnswer } from '../../browser/use-answer.js';
import { useKept } from '../../browser/use-kept.js';
import type { Failure } from '../../panel-state.js';
import { exactCount } from '../../view/format-count.js';
import { objectiveChoices } from '../../view/slo/budget-curve.js';
import { budgetText } from '../../view/slo/slo-words.js';
import { apiUrl } from '../../view/view-state.js';

export type WhatIfProps = {
  slo: SloAnswer;
  definition: SloDefinition;
  budget: z.infer<typeof BudgetAnswer>;
  tried: string;
  asked: string;
  setTried: (objective: string) => void;
  saved: () => void;
};

const dayMs = 86_400_000;

/** A slider over objectives: the chart above redraws the past as it moves, and it can be saved as a change. */
export function WhatIf({ slo, definition, budget, tried, asked, setTried, saved }: WhatIfProps) {
  const inForce = percentText(definition.objective);
  const choices = useMemo(() => objectiveChoices(inForce), [inForce]);
  const chosen = tried === '' ? inForce : tried;
  const at = Math.max(0, choices.indexOf(chosen));
  const days = Math.min(95, Math.round(nominalLengthMs(definition.period) / dayMs));
  const url = apiUrl(`slos/${encodeURIComponent(slo.id)}/whatif`, {
    objective: asked === '' ? inForce : asked,
    days: String(days),
    scope: budget.scope,
  });
  const held = useKept(useAnswer(url, WhatIfAnswer).held);
  const past =
    held.kind === 'held' ? held.data.scopes.find(({ scope }) => scope === budget.scope) : undefined;
  const isTried = chosen !== inForce;
  return (
    <section className="panel what-if" aria-labelledby="what-if-title">
      <div className="what-if-words">
        <h2 id="what-if-title">What if it were</h2>
        <output className="what-if-objective" htmlFor="what-if">
          {chosen}
        </output>
      </div>
      <div className="what-if-slide">
        <input
          id="what-if"
          type="range"
          min={0}
          max={choices.length - 1}
          step={1}
          value={at}
          aria-label="Objective to try out"
          aria-valuetext={chosen}
          onInput={({ currentTarget }) => {
            const next = choices[Number(currentTarget.value)] ?? inForce;
            setTried(next === inForce ? '' : next);
          }}
        />
        <span className="what-if-ends" aria-hidden="true">
          <span>looser</span>
          <span>stricter</span>
        </span>
      </div>
      <p className="what-if-past" aria-live="polite">
        {past === undefined ? (
          'Looking at the past…'
        ) : (
          <>
            Over the last {days} days <strong>{budgetText(past.remainingRatio)}</strong> of the budget would
            be left; {exactCount(past.minutesInBreach)} of {exactCount(past.minutes)} minutes were worse than{' '}
            {asked === '' ? inForce : asked}.
          </>
        )}
      </p>
      <Save
        key={chosen}
        slo={slo}
        objective={chosen}
        isTried={isTried}
        reset={() => setTried('')}
        saved={() => {
          setTried('');
          saved();
        }}
      />
    </section>
  );
}

type SaveProps = {
  slo: SloAnswer;
  objective: string;
  isTried: boolean;
  reset: () => void;
  saved: () => void;
};

/** A definition from a file is changed in that file; any other here, as a new version. */
function Save({ slo, objective, isTried, reset, saved }: SaveProps) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!isTried) return <p className="aside what-if-acts">In force. Move the slider to redraw the past.</p>;
  const save = async () => {
    setBusy(true);
    const definition = { ...slo.definition, objective };
    const answer = await send('PUT', apiUrl(`slos/${encodeURIComponent(slo.id)}`), SloAnswer, definition);
    setBusy(false);
    if (answer.kind === 'ok') saved();
    else if (answer.kind === 'failed') setFailure(answer.failure);
    else location.reload();
  };
  return (
    <div className="what-if-acts">
      {slo.source === 'file' ? (
        <p>
          Its source is the file <bdi>{slo.author}</bdi>: write{' '}
          <code>objective: {objective.replace(' ', '')}</code> there.
        </p>
      ) : (
        <button type="button" className="button primary small" disabled={isBusy} onClick={save}>
          {isBusy ? 'Saving…' : `Save ${objective} as the objective`}
        </button>
      )}
      <button type="button" className="button small" onClick={reset}>
        Back to what is in force
      </button>
      {failure !== null && (
        <p role="alert" className="state-message">
          {failure.message}. {failure.remedy}
        </p>
      )}
    </div>
  );
}
