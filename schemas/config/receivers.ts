import { z } from 'zod';
import { templateNames, unknownNames } from '../alerting/template-names.js';
import type { DeepReadonly } from './deep-readonly.js';
import { httpUrl } from './http-url.js';
import type { Secret } from './secret.js';
import { SecretSource } from './secret-source.js';

/** The receiver that is always there: it keeps what it is sent, and sends nothing. */
export const inboxName = 'inbox';

const name = z
  .string({ error: 'must be text' })
  .regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits and "-", such as payments-slack',
  })
  .refine((text) => text !== inboxName, { error: '"inbox" is the one that is always there' });
const text = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(500)
  .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), {
    error: 'must not hold a line break or another control character',
  });
const address = httpUrl({ path: true, credentialsGoTo: 'its secret settings', pathGoesTo: '' });
const mailAddress = z
  .string({ error: 'must be text' })
  .regex(/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/, { error: 'must be an address such as oncall@example.com' });
const perMinute = z
  .int()
  .min(1)
  .max(6000)
  .optional()
  .meta({ description: 'Most notices sent within a minute; left out: what the service is known to take' });
const headers = z
  .record(
    z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, { error: 'must be a valid HTTP header name' }),
    SecretSource,
    { error: 'must be a map of header names to values' },
  )
  .default({});
const common = { name, perMinute };

/** Where notices go. Whatever gives access is a secret: text, {file: PATH} or {env: NAME}. */
export const Receiver = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('webhook'),
      ...common,
      url: SecretSource,
      signWith: SecretSource.optional(),
      format: z.enum(['plain', 'cloudevents']).default('plain'),
      headers,
    }),
    z.strictObject({
      kind: z.literal('template'),
      ...common,
      url: SecretSource,
      method: z.enum(['POST', 'PUT']).default('POST'),
      contentType: text.default('application/json'),
      body: z
        .string()
        .min(1)
        .max(20_000)
        .refine((body) => unknownNames(body).length === 0, {
          error: ({ input }) =>
            `names ${unknownNames(String(input)).join(', ')}; a template knows ${templateNames.join(', ')} and label.NAME`,
        }),
      headers,
    }),
    z.strictObject({ kind: z.literal('inbox'), ...common }),
    z.strictObject({ kind: z.literal('slack'), ...common, url: SecretSource }),
    z.strictObject({ kind: z.literal('teams'), ...common, url: SecretSource }),
    z.strictObject({ kind: z.literal('discord'), ...common, url: SecretSource }),
    z.strictObject({
      kind: z.literal('pagerduty'),
      ...common,
      routingKey: SecretSource,
      url: address.default('https://events.pagerduty.com/v2/enqueue'),
    }),
    z.strictObject({
      kind: z.literal('opsgenie'),
      ...common,
      apiKey: SecretSource,
      url: address.default('https://api.opsgenie.com'),
    }),
    z.strictObject({ kind: z.literal('alertmanager'), ...common, url: address, headers }),
    z.strictObject({
      kind: z.literal('email'),
      ...common,
      host: text,
      port: z.int().min(1).max(65_535).default(587),
      tls: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
      user: text.optional(),
      password: SecretSource.optional(),
      from: mailAddress,
      to: z.array(mailAddress).min(1).max(50),
    }),
    z.strictObject({
      kind: z.literal('github'),
      ...common,
      url: address.default('https://api.github.com'),
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, { error: 'must be OWNER/NAME' }),
      token: SecretSource,
      labels: z.array(text).max(20).default(['coldburn']),
    }),
    z.strictObject({
      kind: z.literal('gitlab'),
      ...common,
      url: address.default('https://gitlab.com'),
      project: text,
      token: SecretSource,
      labels: z.array(text).max(20).default(['coldburn']),
    }),
    z.strictObject({
      kind: z.literal('jira'),
      ...common,
      url: address,
      user: text,
      token: SecretSource,
      project: z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'must be the key of a project, such as OPS' }),
      issueType: text.default('Task'),
      doneTransition: text.default('Done'),
    }),
  ],
  {
    error:
      'must have a kind: inbox, webhook, template, slack, teams, discord, pagerduty, opsgenie, alertmanager, email, github, gitlab or jira',
  },
);
export type ReceiverSettings = DeepReadonly<z.output<typeof Receiver>>;

/** The same with every secret looked up. */
export type ReceiverConfig = WithSecrets<ReceiverSettings>;

export type WithSecrets<T> =
  T extends DeepReadonly<SecretSource>
    ? Secret
    : T extends readonly string[]
      ? T
      : T extends object
        ? { readonly [Key in keyof T]: WithSecrets<T[Key]> }
        : T;
