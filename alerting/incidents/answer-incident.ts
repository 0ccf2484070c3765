import type { IncidentAnswer, IncidentList } from '../../schemas/alerting/incident-answer.js';
import type { Incident } from './fold-events.js';

/** An incident as the API tells it. */
export function answerIncident(incident: Incident): IncidentAnswer {
  const { startedAt, firedAt, acknowledgedAt, resolvedAt, last } = incident;
  const between = (from: Date | null, to: Date | null) =>
    from === null || to === null ? null : Math.max(0, to.getTime() - from.getTime());
  return {
    id: incident.id,
    state: incident.state,
    severity: incident.severity,
    worstSeverity: incident.worstSeverity,
    rule: incident.rule,
    tier: incident.tier,
    reason: incident.state === 'withheld' ? incident.reason : null,
    sloId: incident.sloId,
    scope: incident.scope,
    title: incident.title,
    summary: incident.summary,
    labels: last.labels,
    facts: incident.facts,
    startedAt: startedAt.toISOString(),
    firedAt: firedAt?.toISOString() ?? null,
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: incident.acknowledgedBy,
    assignee: incident.assignee,
    resolvedAt: resolvedAt?.toISOString() ?? null,
    resolvedBy: incident.resolvedBy,
    timesReopened: incident.timesReopened,
    parentId: incident.parentId,
    // Without counts that tell when it began, it is said to have begun when it was found: that measures nothing.
    detectMs: between(startedAt, firedAt) || null,
    acknowledgeMs: between(firedAt, acknowledgedAt),
    remediateMs: firedAt === null ? null : between(startedAt, resolvedAt),
    diagnosis: incident.diagnosis,
    runbookUrl: last.runbookUrl,
    viewPath: last.viewPath,
  };
}

export function answerList(incidents: readonly Incident[], isTruncated: boolean): IncidentList {
  const answers = incidents.map(answerIncident);
  return {
    incidents: answers,
    isTruncated,
    detect: timesOf(answers.map(({ detectMs }) => detectMs)),
    remediate: timesOf(answers.map(({ remediateMs }) => remediateMs)),
  };
}

/** Nearest rank, so every figure is one that was measured. */
function timesOf(given: readonly (number | null)[]): IncidentList['detect'] {
  const sorted = given.filter((one) => one !== null).sort((one, other) => one - other);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { incidents: sorted.length, medianMs: rank(0.5), p95Ms: rank(0.95) };
}
