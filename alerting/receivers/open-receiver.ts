import type { ReceiverConfig } from '../../schemas/config/receivers.js';
import type { Secret } from '../../schemas/config/secret.js';
import type { SendMail } from '../outgoing/send-mail.js';
import { alertmanagerAlerts } from './alertmanager.js';
import { discordMessage } from './discord.js';
import { githubTracker } from './github.js';
import { gitlabTracker } from './gitlab.js';
import { jiraTracker } from './jira.js';
import { jsonRequest } from './json-request.js';
import { judgeResponse } from './judge-response.js';
import { mailMessage } from './mail-message.js';
import { opsgenieRequest } from './opsgenie.js';
import { pagerdutyEvent } from './pagerduty.js';
import type { Exchange, OutRequest, Send, Sending } from './receiver.js';
import { slackMessage } from './slack.js';
import { teamsMessage } from './teams.js';
import { templateRequest } from './template.js';
import { tellTracker } from './tracker.js';
import { webhookRequest } from './webhook.js';

export type ReceiverDeps = { exchange: Exchange; sendMail: SendMail };

/** How a notice gets to a receiver. Secrets are revealed here, at the moment of sending, and nowhere else. */
export function openReceiver(receiver: ReceiverConfig, { exchange, sendMail }: ReceiverDeps): Send {
  const post = async (request: OutRequest, { nowMs, reference }: Sending) =>
    judgeResponse(await exchange(request), nowMs, reference);
  const told = (headers: Readonly<Record<string, Secret>>) =>
    Object.fromEntries(Object.entries(headers).map(([name, secret]) => [name, secret.reveal()]));
  switch (receiver.kind) {
    case 'webhook': {
      const { format, headers, signWith, url } = receiver;
      return (notice, sending) => {
        const settings = {
          url: url.reveal(),
          signWith: signWith?.reveal() ?? null,
          format,
          headers: told(headers),
        };
        return post(webhookRequest(notice, settings, sending.nowMs), sending);
      };
    }
    case 'template':
      return (notice, sending) => {
        const settings = { ...receiver, url: receiver.url.reveal(), headers: told(receiver.headers) };
        return post(templateRequest(notice, settings), sending);
      };
    case 'inbox':
      return async () => ({ kind: 'delivered', reference: null, says: 'kept' });
    case 'slack':
      return (notice, sending) => post(jsonRequest(receiver.url.reveal(), slackMessage(notice)), sending);
    case 'teams':
      return (notice, sending) => post(jsonRequest(receiver.url.reveal(), teamsMessage(notice)), sending);
    case 'discord':
      return (notice, sending) => post(jsonRequest(receiver.url.reveal(), discordMessage(notice)), sending);
    case 'pagerduty':
      return (notice, sending) =>
        post(jsonRequest(receiver.url, pagerdutyEvent(notice, receiver.routingKey.reveal())), sending);
    case 'opsgenie':
      return (notice, sending) =>
        post(opsgenieRequest(notice, { url: receiver.url, apiKey: receiver.apiKey.reveal() }), sending);
    case 'alertmanager': {
      const url = `${receiver.url.replace(/\/$/, '')}/api/v2/alerts`;
      return (notice, sending) =>
        post(jsonRequest(url, alertmanagerAlerts(notice), told(receiver.headers)), sending);
    }
    case 'email': {
      const { host, password, port, tls, user = null } = receiver;
      return (notice) => {
        const server = { host, port, tls, user, password: password?.reveal() ?? null };
        return sendMail(server, mailMessage(notice, receiver));
      };
    }
    case 'github':
      return (notice, sending) => {
        const settings = { ...receiver, token: receiver.token.reveal() };
        return tellTracker(githubTracker(settings, exchange, sending.nowMs), notice, sending);
      };
    case 'gitlab':
      return (notice, sending) => {
        const settings = { ...receiver, token: receiver.token.reveal() };
        return tellTracker(gitlabTracker(settings, exchange, sending.nowMs), notice, sending);
      };
    case 'jira':
      return (notice, sending) => {
        const settings = { ...receiver, token: receiver.token.reveal() };
        return tellTracker(jiraTracker(settings, exchange, sending.nowMs), notice, sending);
      };
  }
}

/** Most notices a minute a service is known to take from one sender. */
export const knownPerMinute: Readonly<Record<ReceiverConfig['kind'], number>> = {
  inbox: 6000,
  webhook: 600,
  template: 600,
  slack: 60,
  teams: 60,
  discord: 30,
  pagerduty: 120,
  opsgenie: 100,
  alertmanager: 600,
  email: 60,
  github: 20,
  gitlab: 60,
  jira: 60,
};
