import type { SettingPath } from './problem.js';
import type { ReceiverConfig, ReceiverSettings } from './receivers.js';
import type { Secret } from './secret.js';
import type { SecretSource } from './secret-source.js';

type Find = (source: SecretSource, path: SettingPath) => Secret;

/** A receiver with the secrets it points at. */
export function resolveReceiver(receiver: ReceiverSettings, find: Find, at: SettingPath): ReceiverConfig {
  const one = (source: SecretSource, key: string) => find(source, [...at, key]);
  const each = (headers: Readonly<Record<string, SecretSource>>) =>
    Object.fromEntries(
      Object.entries(headers).map(([name, source]) => [name, find(source, [...at, 'headers', name])]),
    );
  switch (receiver.kind) {
    case 'webhook': {
      const { signWith, ...rest } = receiver;
      const found = { url: one(rest.url, 'url'), headers: each(rest.headers) };
      return {
        ...rest,
        ...found,
        ...(signWith === undefined ? {} : { signWith: one(signWith, 'signWith') }),
      };
    }
    case 'template':
      return { ...receiver, url: one(receiver.url, 'url'), headers: each(receiver.headers) };
    case 'inbox':
      return receiver;
    case 'slack':
    case 'teams':
    case 'discord':
      return { ...receiver, url: one(receiver.url, 'url') };
    case 'pagerduty':
      return { ...receiver, routingKey: one(receiver.routingKey, 'routingKey') };
    case 'opsgenie':
      return { ...receiver, apiKey: one(receiver.apiKey, 'apiKey') };
    case 'alertmanager':
      return { ...receiver, headers: each(receiver.headers) };
    case 'email': {
      const { password, ...rest } = receiver;
      return password === undefined ? rest : { ...rest, password: one(password, 'password') };
    }
    case 'github':
    case 'gitlab':
    case 'jira':
      return { ...receiver, token: one(receiver.token, 'token') };
  }
}
