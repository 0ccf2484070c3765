import type { BudgetList, ListedBudget } from '../../../../schemas/slo/budget-list.js';
import type { Held } from '../../browser/use-answer.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { Warning } from '../../view/oncall/warnings.js';
import type { Summary } from '../../view/summarize-functions.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type OnCallHeadProps = {
  burning: Held<ListedBudget[]>;
  known: Held<BudgetList>;
  summary: Held<Summary>;
  warnings: Held<Warning[]>;
};

/** The answer to "must I act?" in one sentence, and the few figures behind it. */
export function OnCallHead({ burning, known, summary, warnings }: OnCallHeadProps) {
  const figures = summary.kind === 'held' ? summary.data : null;
  const objectives = known.kind === 'held' ? known.data.budgets.length : null;
  const alarms = burning.kind === 'held' ? burning.data : null;
  const told = warnings.kind === 'held' ? warnings.data : null;
  const bone = <span className="bone bone-large" />;
  return (
    <>
      <h1 className="oncall-sentence" aria-live="polite" data-alarm={alarms !== null && alarms.length > 0}>
        {sentence(alarms, objectives)}
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
                ? 'nothing failed'
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
          label="Objectives burning"
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

function sentence(alarms: ListedBudget[] | null, objectives: number | null): string {
  if (alarms === null || objectives === null) return 'Looking…';
  if (objectives === 0) return 'No objectives yet, so nothing can burn';
  const [worst] = alarms;
  if (worst === undefined) return 'Nothing burns';
  if (alarms.every(({ status }) => status === 'telemetry-lost')) return 'No telemetry comes in';
  return alarms.length === 1 ? `${worst.title} is in danger` : `${alarms.length} objectives are in danger`;
}
