import { useMemo, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { DeploymentList } from '../../schemas/deployment.js';
import type { BudgetAnswer, LedgerAnswer } from '../../schemas/slo/budget-answer.js';
import type { ComplianceAnswer } from '../../schemas/slo/compliance-answer.js';
import { parseShare } from '../../schemas/slo/percent.js';
import type { SloAnswer } from '../../schemas/slo/slo-answer.js';
import { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { mapHeld } from './browser/map-held.js';
import { bothHeld, panelStateOf } from './browser/panel-state-of.js';
import type { Held } from './browser/use-answer.js';
import { useBacktest } from './browser/use-backtest.js';
import { useNow } from './browser/use-now.js';
import { SloBar } from './frame/slo-bar.js';
import { mapState, type PanelState } from './panel-state.js';
import { ChartPanel } from './panels/chart/chart-panel.js';
import { DebugPanel } from './panels/debug/debug-panel.js';
import { BurnTable } from './panels/slo/burn-table.js';
import { ComplianceTable } from './panels/slo/compliance-table.js';
import { CorrectionList } from './panels/slo/correction-list.js';
import { DefinitionFacts } from './panels/slo/definition-facts.js';
import { EpisodeTable } from './panels/slo/episode-table.js';
import { HistoryList } from './panels/slo/history-list.js';
import { ScopeTable } from './panels/slo/scope-table.js';
import { SloHeadline } from './panels/slo/slo-headline.js';
import { WhatIf } from './panels/slo/what-if.js';
import { StaleBanner } from './panels/stale-banner.js';
import type { ChartData } from './view/chart/chart-data.js';
import { sharedCursor } from './view/debug/shared-cursor.js';
import { ledgerEvents } from './view/slo/budget-curve.js';
import { budgetChart, eventsChart } from './view/slo/slo-charts.js';
import { episodeMarks, type Tried, triedDefinition } from './view/slo/tried-definition.js';

export type SloPageProps = {
  id: string;
  slo: Held<SloAnswer>;
  budget: Held<z.infer<typeof BudgetAnswer>>;
  ledger: Held<z.infer<typeof LedgerAnswer>>;
  stepMs: number;
  deployments: Held<DeploymentList>;
  scope: string;
  setScope: (scope: string) => void;
  /** Where the sliders stand, and the same once they hold still. */
  tried: Tried;
  asked: Tried;
  setTried: (tried: Tried) => void;
  compliance: { held: Held<ComplianceAnswer>; refresh: () => void };
  retry: () => void;
};

const nothing = 'Nothing that counts happened in this period.';

/** One objective: what is left of its budget, where it went, and what another objective would have made of it. */
export function SloPage(props: SloPageProps) {
  const { id, slo, budget, ledger, stepMs, deployments, scope, setScope, tried, asked, setTried } = props;
  const { compliance, retry } = props;
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const cursor = sharedCursor(cursorMs, setCursorMs);
  const now = useNow(true);
  const definition = useMemo(
    () => (slo.kind === 'held' ? (SloDefinition.safeParse(slo.data.definition).data ?? null) : null),
    [slo],
  );
  const inForce = definition?.objective ?? null;
  const objective = useMemo(
    () => (tried.objective === null ? null : parseShare(tried.objective)) ?? inForce,
    [tried, inForce],
  );
  const played = useBacktest(useQuestion(slo, budget, asked));
  const events = useMemo(
    () =>
      mapHeld(ledger, ({ points, from, to }) =>
        ledgerEvents(points, Date.parse(from), Date.parse(to), stepMs),
      ),
    [ledger, stepMs],
  );
  const isEmpty = budget.kind === 'held' && budget.data.total === 0;
  const [left, happened] = useMemo(() => {
    const deployed = deployments.kind === 'held' ? deployments.data.deployments : [];
    const state = panelStateOf(events, () => (isEmpty ? nothing : null));
    const objectives = objective === null || inForce === null ? null : { objective, inForce };
    const curve: PanelState<ChartData, string> =
      objectives === null
        ? { kind: 'loading' }
        : mapState(state, (one) => {
            const chart = budgetChart(one, objectives, definition, deployed);
            const told = played.kind === 'held' ? episodeMarks(played.data.episodes) : [];
            return { ...chart, marks: [...chart.marks, ...told] };
          });
    return [curve, mapState(state, (one) => eventsChart(one, definition, deployed))] as const;
  }, [events, deployments, definition, objective, inForce, isEmpty, played]);
  const isOther = asked.objective !== null || asked.underMs !== null;
  const stale = [slo, budget, ledger].find((one) => one.kind === 'held' && one.failure !== null);
  return (
    <>
      {stale?.kind === 'held' && stale.failure !== null && (
        <StaleBanner failure={stale.failure} ageMs={Math.max(0, now - stale.receivedAt)} retry={retry} />
      )}
      <SloBar id={id} slo={slo} budget={budget} definition={definition} scope={scope} setScope={setScope} />
      <SloHeadline state={panelStateOf(budget, () => null)} retry={retry} />
      <div className="debug">
        <ChartPanel
          name="budget"
          title="Budget left"
          about="Of the whole period shown: it starts full, every bad event takes its part, and it ends at what is left now."
          state={left}
          notes={
            tried.underMs === null
              ? []
              : [{ kind: 'partial', text: 'The curve is of the threshold in force' }]
          }
          retry={retry}
          cursor={cursor}
          zoom={null}
          heightRem={13}
        />
        {slo.kind === 'held' && budget.kind === 'held' && definition !== null && !isEmpty && (
          <WhatIf
            slo={slo.data}
            definition={definition}
            budget={budget.data}
            tried={tried}
            asked={asked}
            setTried={setTried}
            played={played}
            saved={retry}
          />
        )}
        <ChartPanel
          name="events"
          title="Good and bad"
          state={happened}
          retry={retry}
          cursor={cursor}
          zoom={null}
          heightRem={9}
        />
        <div className="debug-pair">
          <div className="debug-stack">
            <DebugPanel
              name="episodes"
              title={isOther ? 'Pages and tickets that would have been' : 'Pages and tickets of this period'}
              note="by the code that decides live"
              state={panelStateOf(played, ({ episodes, withheld }) =>
                isEmpty
                  ? nothing
                  : episodes.length === 0
                    ? withheld.length === 0
                      ? 'None: no tier was reached.'
                      : 'None: tiers were reached only on too few events to judge.'
                    : null,
              )}
              retry={retry}
              heightRem={9}
            >
              {(answer) => <EpisodeTable answer={answer} />}
            </DebugPanel>
            <DebugPanel
              name="burn"
              title="Burn against its alerting"
              note="1× lasts exactly the period"
              state={panelStateOf(bothHeld(slo, budget), () => (definition === null ? unreadable : null))}
              retry={retry}
              heightRem={9}
            >
              {([, { burn }]) => definition !== null && <BurnTable definition={definition} burn={burn} />}
            </DebugPanel>
            <DebugPanel
              name="corrections"
              title="Time that does not count"
              note="in this period"
              state={panelStateOf(budget, () => null)}
              retry={retry}
              heightRem={6}
            >
              {({ corrections }) => <CorrectionList id={id} corrections={corrections} changed={retry} />}
            </DebugPanel>
          </div>
          <div className="debug-stack">
            <DebugPanel
              name="compliance"
              title="Compliance"
              note={compliance.held.kind === 'held' && `by ${compliance.held.data.by}`}
              state={panelStateOf(compliance.held, ({ periods }) =>
                periods.length === 0 ? 'No period has begun.' : null,
              )}
              retry={compliance.refresh}
              heightRem={9}
            >
              {({ periods }) => <ComplianceTable periods={periods} />}
            </DebugPanel>
            {budget.kind === 'held' && budget.data.scopes.length > 1 && (
              <DebugPanel
                name="scopes"
                title={definition?.per === undefined ? 'Scopes' : `By ${definition.per}`}
                note="worst off first"
                state={panelStateOf(budget, () => null)}
                retry={retry}
                heightRem={9}
              >
                {({ scopes, scope: shown }) => <ScopeTable id={id} scopes={scopes} shown={shown} />}
              </DebugPanel>
            )}
            <DebugPanel
              name="definition"
              title="Definition"
              state={panelStateOf(slo, () => (definition === null ? unreadable : null))}
              retry={retry}
              heightRem={9}
            >
              {(answer) => definition !== null && <DefinitionFacts slo={answer} definition={definition} />}
            </DebugPanel>
            <DebugPanel
              name="history"
              title="History of the definition"
              state={panelStateOf(slo, () => null)}
              retry={retry}
              heightRem={9}
            >
              {({ history }) => <HistoryList history={history} />}
            </DebugPanel>
          </div>
        </div>
      </div>
    </>
  );
}

const unreadable = 'This page does not understand the definition; reload it, Coldburn was probably updated.';

const agreeMs = 900_000;

/** What is played over the period: asked anew when a slider rests elsewhere, and every quarter of an hour. */
function useQuestion(
  slo: Held<SloAnswer>,
  budget: Held<z.infer<typeof BudgetAnswer>>,
  asked: Tried,
): object | null {
  const stored = slo.kind === 'held' ? slo.data : null;
  const window = budget.kind === 'held' ? budget.data.window : null;
  const fromMs = window === null ? 0 : Math.floor(Date.parse(window.from) / agreeMs) * agreeMs;
  const toMs = window === null ? 0 : Math.ceil(Date.parse(window.to) / agreeMs) * agreeMs;
  const scope = budget.kind === 'held' ? budget.data.scope : '';
  return useMemo(
    () =>
      stored === null || toMs === 0
        ? null
        : {
            slo: triedDefinition(stored.definition, asked),
            from: new Date(fromMs).toISOString(),
            to: new Date(toMs).toISOString(),
            scope,
          },
    [stored?.version, stored?.id, fromMs, toMs, scope, asked],
  );
}
