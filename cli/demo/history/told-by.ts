import type { DemoFunction, Trigger } from '../fleet/demo-function.js';
import { senders } from '../fleet/senders.js';
import type { Place } from './place.js';

/** What classification makes of a sender's spans, beside what is the function's own; a test compares it with real rows. */
export type ToldBy = Pick<
  Place,
  | 'provider'
  | 'platform'
  | 'alias'
  | 'account'
  | 'trigger'
  | 'status_ok'
  | 'status_failed'
  | 'shows_cold'
  | 'shows_error'
  | 'shows_timeout'
  | 'shows_oom'
  | 'reported'
  | 'id_form'
  | 'has_delivery_id'
  | 'instance_form'
  | 'service'
> & {
  /** How calls that leave a run read: the kind of peer, its name and the operation. */
  peer: (name: string) => { kind: 'http' | 'database'; name: string; operation: string };
};

const azureTriggers: Readonly<Record<Trigger, string>> = {
  http: 'http',
  queue: 'pubsub',
  timer: 'timer',
  storage: 'datasource',
  stream: 'pubsub',
};

export function toldBy(demoFunction: DemoFunction, alias: string): ToldBy {
  const { sender, trigger, failsBy, team, account } = demoFunction;
  const facts = senders[sender];
  const isHttp = trigger === 'http';
  const failed = failsBy === 'answering' ? 503 : 500;
  const common = {
    provider: facts.provider,
    status_ok: isHttp && facts.showsHttpStatus ? 200 : 0,
    status_failed: isHttp && facts.showsHttpStatus ? failed : 0,
    shows_cold: facts.showsCold,
    shows_error: failsBy === 'throwing' ? facts.showsThrown : isHttp && facts.showsHttpStatus,
    shows_timeout: facts.showsTimeout,
    shows_oom: facts.showsOom,
    reported: false,
    alias: '',
    id_form: '',
    has_delivery_id: false,
    instance_form: 'DAY',
    service: demoFunction.name,
    peer: (name: string) => ({ kind: 'http' as const, name: `${name}.internal`, operation: 'POST /' }),
  };
  switch (sender) {
    case 'lambda-node':
    case 'lambda-node-old':
    case 'lambda-python':
    case 'lambda-go':
    case 'lambda-dotnet':
      return { ...common, account, ...ofLambda(demoFunction, alias) };
    case 'azure-host':
      return {
        ...common,
        platform: 'azure.functions',
        account: '7f0c',
        trigger: azureTriggers[trigger],
        id_form: 'uuid',
        has_delivery_id: trigger === 'queue',
        service: `shop-${team}`,
        peer: (name) => ({ kind: 'http', name, operation: 'POST /' }),
      };
    case 'gcp-functions':
    case 'gcp-run':
    case 'knative':
      return {
        ...common,
        platform: { 'gcp-functions': 'gcp_cloud_functions', 'gcp-run': 'gcp_cloud_run', knative: '' }[sender],
        account: sender === 'knative' ? '' : 'shop-production',
        // Events are pushed as requests.
        trigger: 'http',
        status_ok: 200,
        status_failed: isHttp ? failed : 500,
        has_delivery_id: !isHttp,
        peer: (name) =>
          sender === 'knative'
            ? { kind: 'database', name: `elasticsearch ${name}`, operation: '' }
            : common.peer(name),
      };
    case 'cloudflare':
      return {
        ...common,
        platform: 'cloudflare.workers',
        account: '',
        trigger: isHttp ? 'http' : 'pubsub',
        id_form: 'ray',
        instance_form: '',
        peer: (name) => ({ kind: 'http', name: `${name}.internal`, operation: 'GET /' }),
      };
  }
}

/** The platform's reports tell what these senders leave out: time-outs, memory, cold starts, errors that were thrown. */
function ofLambda(
  { sender, trigger, failsBy, versions }: DemoFunction,
  alias: string,
): Pick<
  ToldBy,
  'platform' | 'alias' | 'trigger' | 'shows_cold' | 'shows_error' | 'shows_timeout' | 'shows_oom'
> &
  Pick<ToldBy, 'reported' | 'id_form' | 'instance_form'> {
  const namesAlias = sender !== 'lambda-python' && sender !== 'lambda-dotnet';
  const withStatus = senders[sender].showsHttpStatus && trigger === 'http';
  const pubsub = sender === 'lambda-node' && trigger === 'queue' ? 'pubsub' : '';
  const other = sender === 'lambda-dotnet' ? 'other' : pubsub;
  return {
    platform: 'aws_lambda',
    alias: namesAlias && versions.length > 0 ? alias : '',
    trigger: trigger === 'http' && sender !== 'lambda-go' ? 'http' : other,
    shows_cold: true,
    shows_error: failsBy === 'throwing' || withStatus,
    shows_timeout: true,
    shows_oom: true,
    reported: true,
    id_form: 'uuid',
    instance_form: sender === 'lambda-node-old' ? '' : 'DAY/',
  };
}
