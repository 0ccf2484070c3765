import { z } from 'zod';
import { Tenant } from '../access.js';
import { Diagnosis } from './diagnosis.js';

/** The author of an event when no person is. */
export const decider = 'coldburn';

export const Severity = z.enum(['page', 'ticket']);
export type Severity = z.infer<typeof Severity>;

/**
 * What can happen to an incident.
 *
 * - `withheld`: a rule is met, and nobody is told yet (`reason` says why). The incident is not open.
 * - `fired`: it is open, with this severity.
 * - `escalated`, `eased`: its severity or tier rose or fell; `severity` is the new one.
 * - `resolved`: it is over; `reopened`: the same fault is back soon after, or a person said so.
 * - `acknowledged`, `assigned`, `noted`: a person did something.
 * - `joined`: it is one fault with the incident `parentId`; what people are told is told there.
 */
const IncidentEventKind = z.enum([
  'withheld',
  'fired',
  'escalated',
  'eased',
  'resolved',
  'reopened',
  'acknowledged',
  'assigned',
  'noted',
  'joined',
]);

const WithheldReason = z.enum(['too-few-events', 'minimum-duration', 'sli-broken']);
export type WithheldReason = z.infer<typeof WithheldReason>;

export const Fact = z.object({ label: z.string(), value: z.string() });
export type Fact = z.infer<typeof Fact>;

/** Names notices are routed by; what is not known is left out. */
export const IncidentLabels = z.partialRecord(
  z.enum([
    'owner',
    'team',
    'environment',
    'function',
    'provider',
    'region',
    'queue',
    'sli',
    'severity',
    'tier',
    'rule',
  ]),
  z.string(),
);
export type IncidentLabels = z.infer<typeof IncidentLabels>;

/** One event of one incident: all a notice needs to be written, without another question. */
export const IncidentEvent = z
  .object({
    tenant: Tenant,
    incidentId: z.string().min(1).max(64),
    sequence: z.number().int().positive().meta({
      description: 'Order within the incident; two writers at one time may give the same number',
    }),
    eventId: z.string().min(1).max(64).meta({
      description: 'Names this event for good: the same event written twice has the same id',
    }),
    at: z.iso
      .datetime()
      .meta({ description: 'When it happened: the minute that was judged, or the act of a person' }),
    kind: IncidentEventKind,
    severity: Severity,
    rule: z.string().meta({ description: 'slo-burn, or the id of another rule such as dlq-growth' }),
    tier: z
      .string()
      .nullable()
      .meta({ description: 'Of a burn rate: the windows of the tier, such as 1h/5m' }),
    reason: WithheldReason.nullable().meta({ description: 'Why nobody is told; only of withheld' }),
    sloId: z.string().nullable(),
    scope: z
      .string()
      .meta({ description: 'Value of the dimension there is one objective or rule for each of' }),
    title: z.string(),
    summary: z.string().meta({ description: 'What happened in one sentence; of a note, its text' }),
    labels: IncidentLabels,
    startedAt: z.iso.datetime().meta({ description: 'When the fault began, as far as the counts tell' }),
    facts: z.array(Fact),
    diagnosis: Diagnosis.nullable(),
    runbookUrl: z.string().nullable(),
    viewPath: z.string().meta({ description: 'Page of the app about this incident' }),
    author: z.string().meta({ description: 'coldburn, or the id of the key that was used' }),
    assignee: z.string().nullable().meta({ description: 'Only of assigned' }),
    parentId: z.string().nullable().meta({ description: 'Only of joined: the incident it became part of' }),
  })
  .meta({ id: 'IncidentEvent' });
export type IncidentEvent = z.infer<typeof IncidentEvent>;
