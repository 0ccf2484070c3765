import type { IncidentAnswer } from '../../../../schemas/alerting/incident-answer.js';
import type { BudgetList, ListedBudget } from '../../../../schemas/slo/budget-list.js';
import type { Held } from '../../browser/use-answer.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { oncallSentence } from '../../view/oncall/oncall-sentence.js';
import type { Warning } from '../../view/oncall/warnings.js';
import type { Summary } from '../../view/summarize-functions.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type OnCallHeadProps = {
  incidents: Held<IncidentAnswer[]>;
  burning: Held<ListedBudget[]>;
  known: Held<BudgetList>;
  summary: Held<Summary>;
  warnings: Held<Warning[]>;
};

/** The answer to "must I act?" in one sentence, and the few figures behind it. */
export function OnCallHead({ incidents, burning, known, summary, warnings }: OnCallHeadProps) {
  const figures = summary.kind === 'held' ? summary.data : null;
  const objectives = known.kind === 'held' ? known.data.budgets.length : null;
  const alarms = burning.kind === 'held' ? burning.data : null;
  const told = warnings.kind === 'held' ? warnings.data : null;
  const open = incidents.kind === 'held' ? incidents.data : null;
  const { sentence, isAlarm } = oncallSentence(open, alarms, objectives);
  const bone = <span className="bone bone-large" />;
  return (
    <>
      <h1 className="oncall-sentence" aria-live="polite" data-alarm={isAlarm}>
        {sentence}
      </h1>
      <section className="summary oncall-figures" aria-label="Summary" aria-busy={figures === null}>
        <Tile
          label="Success rate"
          alarm={(figures?.bad ?? 0) > 0}
          value={
            figures === null ? bone : <Figure text={formatRatio(figures.successRatio)} title="nothing ran" />
          }
          note={
            figures === null
              ? undefined
              : figures.bad === 0
                ? figures.successRatio === null
                  ? 'nothing ran'
                  : 'nothing failed'
                : `${formatCount(figures.bad)} failed`
          }
          noteTitle={figures === null ? undefined : exactCount(figures.bad)}
        />
        <Tile
          label="Failing functions"
          value={figures === null ? bone : <Figure text={formatCount(figures.failing)} />}
          note={figures === null ? undefined : `of ${formatCount(figures.functions)}`}
        />
        <Tile
          label="Objectives burning or spent"
          alarm={(alarms?.length ?? 0) > 0}
          value={alarms === null ? bone : <Figure text={formatCount(alarms.length)} />}
          note={objectives === null ? undefined : `of ${formatCount(objectives)}`}
        />
        <Tile
          label="Warnings"
          value={told === null ? bone : <Figure text={formatCount(told.length)} />}
          note={told === null ? undefined : told.length === 0 ? 'none' : 'queues, throttling, telemetry'}
        />
      </section>
    </>
  );
}
