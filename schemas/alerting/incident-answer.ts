import { z } from 'zod';
import { Diagnosis } from './diagnosis.js';
import { Fact, IncidentEvent, IncidentLabels, Severity } from './incident-event.js';

const instant = z.iso.datetime();
const ms = z.number().int().nonnegative().nullable();

const IncidentState = z.enum(['withheld', 'open', 'resolved']).meta({
  description: 'withheld: a rule is met and nobody is told, such as on too few events to judge',
});

const IncidentAnswer = z
  .object({
    id: z.string(),
    state: IncidentState,
    severity: Severity,
    worstSeverity: Severity,
    rule: z.string(),
    tier: z.string().nullable(),
    reason: z.string().nullable().meta({ description: 'Of a withheld one: why nobody is told' }),
    sloId: z.string().nullable(),
    scope: z.string(),
    title: z.string(),
    summary: z.string(),
    labels: IncidentLabels,
    facts: z.array(Fact),
    startedAt: instant.meta({ description: 'When the fault began, as far as the counts tell' }),
    firedAt: instant.nullable(),
    acknowledgedAt: instant.nullable(),
    acknowledgedBy: z.string().nullable(),
    assignee: z.string().nullable(),
    resolvedAt: instant.nullable(),
    resolvedBy: z.string().nullable().meta({ description: 'coldburn when the fault ended by itself' }),
    timesReopened: z.number().int().nonnegative(),
    parentId: z.string().nullable().meta({ description: 'The incident this one is a part of' }),
    detectMs: ms.meta({ description: 'From the start of the fault to the first notice' }),
    acknowledgeMs: ms.meta({ description: 'From the first notice until somebody acknowledged' }),
    remediateMs: ms.meta({ description: 'From the start of the fault to its end' }),
    diagnosis: Diagnosis.nullable(),
    runbookUrl: z.string().nullable(),
    viewPath: z.string(),
  })
  .meta({ id: 'Incident' });
export type IncidentAnswer = z.infer<typeof IncidentAnswer>;

const Times = z.object({
  incidents: z.number().int().nonnegative(),
  medianMs: ms,
  p95Ms: ms,
});

/** The answer of GET /api/v1/incidents. */
export const IncidentList = z
  .object({
    incidents: z.array(IncidentAnswer).meta({ description: 'The last to fire first' }),
    isTruncated: z.boolean(),
    detect: Times.meta({ description: 'Time to detect, over the incidents listed' }),
    remediate: Times.meta({ description: 'Time to remediate, over those that are over' }),
  })
  .meta({ id: 'IncidentList' });
export type IncidentList = z.infer<typeof IncidentList>;

/** The answer of GET /api/v1/incidents/:id, and of what people do to it. */
export const IncidentDetail = IncidentAnswer.extend({
  timeline: z.array(IncidentEvent),
  parts: z.array(IncidentAnswer).meta({ description: 'Incidents that are part of this one' }),
}).meta({ id: 'IncidentDetail' });
export type IncidentDetail = z.infer<typeof IncidentDetail>;
