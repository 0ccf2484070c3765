import { CostAnswer } from '../../../schemas/cost/attribution.js';
import type { FunctionSummary } from '../../../schemas/functions.js';
import { Inventory } from '../../../schemas/inventory.js';
import { SloList } from '../../../schemas/slo/slo-answer.js';
import { useAnswer } from '../browser/use-answer.js';
import { exactUsd, formatUsd } from '../view/cost/money.js';
import { unknown } from '../view/figure.js';
import { exactCount } from '../view/format-count.js';
import { formatRatio } from '../view/format-ratio.js';
import { costOfRuns, objectivesAbout } from '../view/oncall/deployment-effect.js';
import { runsOnRows } from '../view/runs-on-rows.js';
import { sloHref } from '../view/slo/slo-words.js';
import { type TimeRangeId, timeRangeOf } from '../view/time-range.js';
import { apiUrl } from '../view/view-state.js';
import { Figure } from './figure.js';

export type FunctionInventoryProps = { summary: FunctionSummary; range: TimeRangeId };

/** What is kept of a function besides its runs: what it costs, which versions serve, what is promised of it, and whether its telemetry is whole. */
export function FunctionInventory({ summary, range }: FunctionInventoryProps) {
  const { function: name, environment, team, provider, region, coverageRatio, concurrencyMax } = summary;
  const window = { windowMs: String(timeRangeOf(range).lengthMs) };
  const place = { function: name, environment, team, provider, region };
  const cost = useAnswer(apiUrl('cost', { groupBy: 'version', ...window, ...place }), CostAnswer).held;
  const inventory = useAnswer(
    apiUrl('inventory', { ...window, function: name, environment }),
    Inventory,
  ).held;
  const slos = useAnswer(apiUrl('slos'), SloList).held;
  const objectives =
    slos.kind === 'held' ? objectivesAbout(slos.data.slos, { function: name, environment }) : null;
  const { perMillionUsd } = cost.kind === 'held' ? costOfRuns(cost.data, null) : { perMillionUsd: null };
  const total = cost.kind === 'held' && perMillionUsd !== null ? cost.data.totalUsd : null;
  const versions = cost.kind === 'held' ? cost.data.rows.map(({ labels }) => labels['version'] ?? '') : [];
  return (
    <section aria-busy={cost.kind === 'loading' || inventory.kind === 'loading'}>
      <h3>What it is</h3>
      <dl className="facts">
        {runsOnRows(inventory.kind === 'held' ? inventory.data : null).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
        <div>
          <dt>Cost</dt>
          <dd>
            <Figure text={formatUsd(total)} title={total === null ? 'no rate or no runs' : exactUsd(total)} />
            {perMillionUsd !== null && <span className="aside"> {formatUsd(perMillionUsd)} a million</span>}
          </dd>
        </div>
        <div>
          <dt>Versions</dt>
          <dd>
            <bdi>
              {versions
                .map((version) => (version === '' ? 'not told' : version))
                .slice(0, 4)
                .join(', ') || unknown}
            </bdi>
          </dd>
        </div>
        <div>
          <dt>Objectives</dt>
          <dd>
            {objectives === null || objectives.length === 0
              ? objectives === null
                ? unknown
                : 'none names it'
              : objectives.map(({ id, scope, title }) => (
                  <a key={id} className="details-objective" href={sloHref(id, scope)}>
                    <bdi>{title}</bdi>
                  </a>
                ))}
          </dd>
        </div>
        {coverageRatio !== null && (
          <div>
            <dt>Telemetry</dt>
            <dd>{formatRatio(coverageRatio)} of what the provider counted</dd>
          </div>
        )}
        {concurrencyMax !== null && (
          <div>
            <dt>Peak concurrency</dt>
            <dd>{exactCount(concurrencyMax)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
