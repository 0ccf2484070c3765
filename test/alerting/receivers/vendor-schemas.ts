import { z } from 'zod';

// The parts of the vendors' documented payloads that our messages keep to, with their limits. Strict, so that a field the
// vendor does not know, which it would drop or refuse, is refused here.

const chars = (most: number) => z.string().min(1).max(most);
const url = z.url({ protocol: /^https?$/ });

// https://docs.slack.dev/reference/block-kit/blocks
const PlainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: chars(most), emoji: z.boolean().optional() });
const Mrkdwn = (most: number) => z.strictObject({ type: z.literal('mrkdwn'), text: chars(most) });
const SlackBlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: PlainText(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      text: Mrkdwn(3000).optional(),
      fields: z.array(Mrkdwn(2000)).min(1).max(10).optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(z.strictObject({ type: z.literal('button'), text: PlainText(75), url: url.max(3000) }))
      .min(1)
      .max(25),
  }),
]);
export const SlackMessage = z.strictObject({
  text: chars(4000),
  attachments: z
    .array(
      z.strictObject({
        color: z.string().regex(/^#[0-9a-f]{6}$/),
        blocks: z.array(SlackBlock).min(1).max(50),
      }),
    )
    .max(1),
});

// https://adaptivecards.io/explorer and https://learn.microsoft.com/connectors/teams (28 kB a message)
const CardItem = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('TextBlock'),
    text: chars(4000),
    wrap: z.boolean(),
    size: z.enum(['small', 'default', 'medium', 'large', 'extraLarge']).optional(),
    weight: z.enum(['lighter', 'default', 'bolder']).optional(),
    color: z.enum(['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention']).optional(),
    separator: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('FactSet'),
    facts: z.array(z.strictObject({ title: z.string(), value: z.string() })),
  }),
]);
export const TeamsMessage = z
  .strictObject({
    type: z.literal('message'),
    attachments: z
      .array(
        z.strictObject({
          contentType: z.literal('application/vnd.microsoft.card.adaptive'),
          contentUrl: z.null(),
          content: z.strictObject({
            $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
            type: z.literal('AdaptiveCard'),
            version: z.literal('1.4'),
            body: z.array(CardItem).min(1),
            actions: z.array(z.strictObject({ type: z.literal('Action.OpenUrl'), title: chars(100), url })),
            msteams: z.strictObject({ width: z.literal('Full') }),
          }),
        }),
      )
      .length(1),
  })
  .refine((message) => Buffer.byteLength(JSON.stringify(message)) < 28_000, 'is over 28 kB');

// https://discord.com/developers/docs/resources/webhook#execute-webhook
const Embed = z
  .strictObject({
    title: chars(256),
    description: chars(4096),
    color: z.int().min(0).max(0xffffff),
    timestamp: z.iso.datetime(),
    fields: z.array(z.strictObject({ name: chars(256), value: chars(1024), inline: z.boolean() })).max(25),
    url: url.optional(),
  })
  .refine(({ title, description, fields }) => {
    const inFields = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    return title.length + description.length + inFields <= 6000;
  }, 'is over 6000 characters');
export const DiscordMessage = z.strictObject({
  username: chars(80),
  embeds: z.array(Embed).min(1).max(10),
  allowed_mentions: z.strictObject({ parse: z.array(z.string()).max(0) }),
});

// https://developer.pagerduty.com/docs/events-api-v2/trigger-events (512 kB an event)
const Keyed = { routing_key: z.string(), dedup_key: chars(255) };
export const PagerdutyEvent = z.discriminatedUnion('event_action', [
  z.strictObject({ ...Keyed, event_action: z.literal('resolve') }),
  z.strictObject({ ...Keyed, event_action: z.literal('acknowledge') }),
  z
    .strictObject({
      ...Keyed,
      event_action: z.literal('trigger'),
      payload: z.strictObject({
        summary: chars(1024),
        source: chars(1024),
        severity: z.enum(['critical', 'error', 'warning', 'info']),
        timestamp: z.iso.datetime(),
        component: z.string(),
        group: z.string(),
        class: z.string(),
        custom_details: z.record(z.string(), z.unknown()),
      }),
      client: z.string(),
      client_url: url.optional(),
      links: z.array(z.strictObject({ href: url, text: z.string() })),
    })
    .refine((event) => Buffer.byteLength(JSON.stringify(event)) < 512 * 1024, 'is over 512 kB'),
]);

// https://docs.opsgenie.com/docs/alert-api
export const OpsgenieAlert = z.strictObject({
  message: chars(130),
  alias: chars(512),
  description: z.string().max(15_000),
  source: z.string().max(100),
  entity: z.string().max(512),
  priority: z.enum(['P1', 'P2', 'P3', 'P4', 'P5']),
  tags: z.array(chars(50)).max(20),
  details: z
    .record(z.string(), z.string())
    .refine((all) => JSON.stringify(all).length <= 8000, 'is over 8000 characters'),
});
export const OpsgenieAct = z.strictObject({
  source: z.string().max(100),
  note: z.string().max(25_000),
  user: z.string().max(100).optional(),
});

// https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml (postableAlerts)
const LabelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
export const AlertmanagerAlerts = z.array(
  z.strictObject({
    labels: z.record(LabelName, z.string().min(1)),
    annotations: z.record(LabelName, z.string()),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    generatorURL: z.union([z.literal(''), url]),
  }),
);

// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/cloudevents.json
export const CloudEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
});
