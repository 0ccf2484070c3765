import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.js';

/** One line: a line break or another control character in a name or pattern is a mistake. */
const text = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(500, { error: 'must be at most 500 characters' })
  .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), {
    error: 'must not hold a line break or another control character',
  });
const texts = (what: string) => z.array(text, { error: `must be a list of ${what}` });
const some = (what: string) => texts(what).min(1, { error: `must name at least one of the ${what}` });
const keys = texts('attribute keys');
const keyChoice = keys.optional();
const fixed = text.optional();

/** Where fields of an invocation are read: attribute keys, on the span first, then on its resource. */
const Read = z.strictObject({
  function: keyChoice,
  environment: keyChoice,
  version: keyChoice,
  alias: keyChoice,
  instance: keyChoice,
  provider: keyChoice,
  platform: keyChoice,
  region: keyChoice,
  account: keyChoice,
  arch: keyChoice,
  trigger: keyChoice,
  team: keyChoice,
  product: keyChoice,
  feature: keyChoice,
  customer: keyChoice,
  invocationId: keyChoice,
  deliveryId: keyChoice,
  eventTime: keyChoice,
  payloadBytes: keyChoice,
  memory: keyChoice,
  memoryUsed: keyChoice,
  coldStart: keyChoice,
  initMs: keyChoice,
  httpStatus: keyChoice,
});

/** Fields that are the same for all. What is read wins. */
const SetTexts = z.strictObject({
  function: fixed,
  environment: fixed,
  version: fixed,
  alias: fixed,
  instance: fixed,
  provider: fixed,
  platform: fixed,
  region: fixed,
  account: fixed,
  arch: fixed,
  trigger: fixed,
  team: fixed,
  product: fixed,
  feature: fixed,
  customer: fixed,
});

const spanKind = z.enum(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']);

/** What the telemetry of some senders means. All rules that match apply; of what several say, the first counts. */
const SenderRule = z
  .strictObject({
    services: some('services').optional(),
    resource: z.record(text, text, { error: 'must be a map of attribute keys to patterns' }).optional(),
    ignore: texts('span names').optional(),
    count: z
      .strictObject({
        names: some('span names').optional(),
        kinds: z
          .array(spanKind, { error: 'must be a list of span kinds' })
          .min(1, { error: 'must name at least one span kind' })
          .optional(),
      })
      .refine(({ names, kinds }) => names !== undefined || kinds !== undefined, {
        error: 'must say which spans count: names, kinds or both',
      })
      .optional(),
    read: Read.optional(),
    set: SetTexts.optional(),
  })
  .refine(({ services, resource }) => services !== undefined || resource !== undefined, {
    error: 'must say whom it is about: services, resource or both',
  });

const statusSays = 'must be a status such as 429, a class such as 5xx or a range such as 400-403';
const HttpStatuses = z.union(
  [
    z.int().min(100, { error: statusSays }).max(999, { error: statusSays }),
    z
      .string()
      .regex(/^([1-9]xx|[1-9]\d\d(-[1-9]\d\d)?)$/, { error: statusSays })
      .refine((range) => !range.includes('-') || range.slice(0, 3) <= range.slice(4), {
        error: 'must be a range whose first status is the smaller one',
      }),
  ],
  { error: statusSays },
);

const runOutcomes = ['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected'] as const;

/** YAML reads an unquoted true or 5 as what it is; attributes are compared as text. */
const valueGlob = z
  .union([text, z.boolean(), z.number()], { error: 'must be text, a number, true or false' })
  .transform(String);

/** How runs of some functions are judged, where it differs from what every function gets. */
const OutcomeRule = z.strictObject({
  functions: some('functions'),
  httpErrors: z.array(HttpStatuses, { error: `must be a list; each ${statusSays}` }).optional(),
  ignoredErrors: texts('error types').optional(),
  conditions: z
    .array(
      z.strictObject({
        attribute: text,
        is: valueGlob.prefault('*'),
        outcome: z.enum(runOutcomes),
        errorType: text.optional(),
      }),
      { error: 'must be a list of conditions' },
    )
    .optional(),
});

const Owner = z.strictObject({
  functions: some('functions'),
  team: text.optional(),
  product: text.optional(),
});

export const Classification = z.strictObject({
  senders: z
    .array(SenderRule, { error: 'must be a list of rules' })
    .prefault([])
    .describe(
      'Which attributes of which senders hold function, version and so on, and which of their spans count. See docs/invocations.md.',
    ),
  outcomes: z
    .array(OutcomeRule, { error: 'must be a list of rules' })
    .prefault([])
    .describe('Which runs of which functions count as failed, where the defaults are not right for them.'),
  deliveryKeys: keys
    .prefault([])
    .describe(
      'Attributes that hold an idempotency key: the same for every delivery of one event. Before the conventional ones.',
    ),
});

export const Attribution = z.strictObject({
  team: keys
    .prefault(['team', 'service.team'])
    .describe('Attributes that name the team, on span or resource; the first that is there.'),
  product: keys.prefault(['product']).describe('The same for the product.'),
  feature: keys.prefault(['feature']).describe('The same for the feature.'),
  customer: keys.prefault(['customer', 'customer.id']).describe('The same for the customer.'),
  tags: keys
    .prefault([])
    .describe('Further attributes that are kept with each invocation, to share cost by.'),
  owners: z
    .array(Owner, { error: 'must be a list of owners' })
    .prefault([])
    .describe('Team and product by function, used when telemetry names none.'),
});

export type ClassificationSettings = DeepReadonly<z.output<typeof Classification>>;
export type AttributionSettings = DeepReadonly<z.output<typeof Attribution>>;
export type SenderRule = ClassificationSettings['senders'][number];
export type OutcomeRule = ClassificationSettings['outcomes'][number];
