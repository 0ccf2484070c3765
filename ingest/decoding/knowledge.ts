import type { Init, InitSpans } from '../classify/init-spans.js';
import type { NamesInUse, TenantNamesState } from '../limits/tenant-names.js';
import type { KeptState, KeptTraces } from '../sampling/kept-traces.js';

const dayMs = 86_400_000;

/** What reading one request tells for the next: names in use, traces that are kept, inits that wait for their run. */
export type Knowledge = {
  readonly names: NamesInUse;
  /** Null when nothing is sampled. */
  readonly kept: KeptTraces | null;
  readonly inits: InitSpans;
};

/** Knowledge on its way to another thread and back, as far as it concerns one tenant. */
export type KnowledgeState = {
  readonly names: TenantNamesState;
  readonly kept: KeptState | null;
  readonly inits: readonly Init[];
};

export function tellKnowledge(knowledge: Knowledge, tenant: string, nowMs: number): KnowledgeState {
  return {
    names: knowledge.names.of(tenant, Math.floor(nowMs / dayMs)).state(),
    kept: knowledge.kept?.state() ?? null,
    inits: knowledge.inits.state(),
  };
}

/** Takes over what another thread, which was told `before`, knows after a request. */
export function learnKnowledge(
  knowledge: Knowledge,
  tenant: string,
  nowMs: number,
  before: Pick<KnowledgeState, 'inits'>,
  after: KnowledgeState,
): void {
  knowledge.names.of(tenant, Math.floor(nowMs / dayMs)).learn(after.names);
  if (after.kept !== null) knowledge.kept?.learn(after.kept);
  knowledge.inits.learn(before.inits, after.inits);
}
