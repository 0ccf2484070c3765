import type { Tenant } from '../../schemas/access.js';
import type { Level, SeriesReading } from '../decide/series.js';
import type { Rule, RuleContext } from '../rules/rule.js';
import { runbookPath } from '../rules/runbook-path.js';

export type RuleReadings = {
  readings: SeriesReading[];
  /** Rules that could say something: places they did not name are fine. */
  answered: Set<string>;
  failures: { rule: string; error: unknown }[];
};

/** What all rules find for one tenant. One that fails takes nothing with it: its incidents stay as they are. */
export async function readRules(
  rules: readonly Rule[],
  tenant: Tenant,
  context: RuleContext,
): Promise<RuleReadings> {
  const readings: SeriesReading[] = [];
  const answered = new Set<string>();
  const failures: RuleReadings['failures'] = [];
  const minute = Math.floor(context.at.getTime() / 60_000);
  for (const rule of rules) {
    if (minute % (rule.everyMinutes ?? 1) !== 0) continue;
    try {
      const findings = await rule.find(context);
      if (findings === null) continue;
      answered.add(rule.id);
      for (const finding of findings) {
        const { scope, verdict, title, summary, facts, labels, startedAt } = finding;
        const level: Level = { severity: finding.severity ?? rule.severity, name: null };
        const isReached = verdict === 'reached';
        readings.push({
          series: { tenant, rule: rule.id, sloId: finding.sloId ?? null, scope },
          standing: {
            kind: 'judged',
            active: isReached ? level : null,
            held: isReached ? null : level,
            still: level,
          },
          minimumMs: rule.minimumMs,
          describe: async () => ({
            title,
            summary,
            facts,
            labels,
            runbookUrl: runbookPath(rule.id),
            startedMs: startedAt?.getTime() ?? null,
          }),
        });
      }
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return { readings, answered, failures };
}
