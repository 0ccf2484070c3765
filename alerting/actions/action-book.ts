import type { Tenant } from '../../schemas/access.js';
import type { Notice } from '../../schemas/alerting/notice.js';
import { actionNotice } from './action-notice.js';
import { type ActionFacts, type ActionSettings, coolKey, decideActions } from './decide-actions.js';

/** What was decided so far, by tenant; all of it can be read again from the notices. */
export type ActionBook = {
  /** What is to be sent or written down now. */
  decide: (tenant: Tenant, facts: Pick<ActionFacts, 'cases' | 'silences' | 'nowMs'>) => Notice[];
  /** Notices of actions that were written. */
  written: (tenant: Tenant, notices: readonly Notice[]) => void;
};

type Known = { decided: Set<string>; lastDoneMs: Map<string, number> };

export function createActionBook(actions: readonly ActionSettings[], publicUrl: string | null): ActionBook {
  const known = new Map<Tenant, Known>();
  const of = (tenant: Tenant): Known => {
    const one = known.get(tenant) ?? { decided: new Set(), lastDoneMs: new Map() };
    known.set(tenant, one);
    return one;
  };
  return {
    decide: (tenant, facts) => {
      if (actions.length === 0) return [];
      const decided = decideActions({ ...facts, ...of(tenant), actions });
      return decided.map((one) => actionNotice(one, tenant, { nowMs: facts.nowMs, publicUrl }));
    },
    written: (tenant, notices) => {
      const { decided, lastDoneMs } = of(tenant);
      for (const { at, group, id, items } of notices) {
        decided.add(id);
        const [item] = items;
        if (group['outcome'] !== 'done' || item === undefined) continue;
        const { labels } = item;
        const about = {
          labels,
          rule: labels['rule'] ?? '',
          scope: labels['scope'] ?? '',
          sloId: labels['slo'] ?? null,
        };
        lastDoneMs.set(coolKey(group['action'] ?? '', about, group['on'] ?? ''), Date.parse(at));
      }
    },
  };
}
