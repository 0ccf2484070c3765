import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../support/decode.js';
import type { InvocationRow } from '../support/read-rows.js';
import { goodSpan, jsonRequest, keyValues } from '../support/sample-span.js';

type Attributes = Record<string, string | number | boolean>;
type SpanSpec = {
  kind?: number;
  name?: string;
  attributes?: Attributes;
  /** Index of the parent in the list, or an id of another process. */
  parent?: number | string;
  flags?: number;
  status?: object;
  events?: object[];
};
type Case = {
  name: string;
  resource: Attributes;
  spans: SpanSpec[];
  /** The invocations, each by the fields that matter to the case. */
  expected: Partial<InvocationRow>[];
};

const [internal, server, client, consumer] = [1, 2, 3, 5];
const elsewhere = 'eeeeeeeeeeeeeeee';
const remote = 0x301;
const local = 0x101;
const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
const lambda = {
  'cloud.provider': 'aws',
  'cloud.platform': 'aws_lambda',
  'cloud.region': 'eu-west-1',
  'faas.name': 'orders',
  'faas.version': '42',
  'faas.instance': '2026/11/20/[42]abc',
  'faas.max_memory': 134_217_728,
};
const exception = (type: string, message: string, more: Attributes = {}) => ({
  name: 'exception',
  timeUnixNano: '1',
  attributes: keyValues({ 'exception.type': type, 'exception.message': message, ...more }),
});
const failed = { code: 2, message: 'boom' };

const cases: Case[] = [
  {
    name: 'Lambda, Node, present names',
    resource: lambda,
    spans: [
      {
        kind: server,
        name: 'orders',
        attributes: {
          'faas.invocation_id': 'r1',
          'cloud.resource_id': `${arn}:live`,
          'faas.coldstart': true,
        },
      },
      { kind: client, parent: 0 },
      { kind: internal, parent: 0 },
    ],
    expected: [
      {
        function: 'orders',
        version: '42',
        alias: 'live',
        instance: '2026/11/20/[42]abc',
        provider: 'aws',
        platform: 'aws_lambda',
        region: 'eu-west-1',
        account: '111122223333',
        memoryBytes: 134_217_728n,
        cold: true,
        outcome: 'ok',
        invocationId: 'r1',
        trigger: '',
      },
    ],
  },
  {
    name: 'Lambda, Node before 0.72, former names, parent without flags',
    resource: lambda,
    spans: [
      { kind: server, parent: elsewhere, attributes: { 'faas.execution': 'r2', 'faas.id': `${arn}:7` } },
    ],
    expected: [{ function: 'orders', invocationId: 'r2', version: '42', alias: '', account: '111122223333' }],
  },
  {
    name: 'Lambda, Java, ARN with alias and nothing in the resource',
    resource: { 'service.name': 'whatever' },
    spans: [
      {
        kind: server,
        parent: elsewhere,
        flags: remote,
        attributes: {
          'faas.invocation_id': 'r3',
          'cloud.resource_id': `${arn}:blue`,
          'cloud.account.id': '111122223333',
        },
      },
    ],
    expected: [
      { function: 'orders', alias: 'blue', region: 'eu-west-1', provider: 'aws', platform: 'aws_lambda' },
    ],
  },
  {
    name: 'Lambda, Go, its own key for the ARN',
    resource: { 'service.name': 'svc' },
    spans: [
      {
        kind: server,
        attributes: { 'faas.invocation_id': 'r4', 'aws.lambda.invoked_arn': `${arn}:$LATEST` },
      },
    ],
    expected: [{ function: 'orders', version: '$LATEST', alias: '' }],
  },
  {
    name: 'Lambda, Python behind an API, 5xx with the status left unset',
    resource: {
      'faas.name': 'orders',
      'cloud.provider': 'aws',
      'cloud.region': 'eu-west-1',
      'faas.version': '3',
    },
    spans: [
      {
        kind: server,
        attributes: {
          'faas.invocation_id': 'r5',
          'cloud.resource_id': arn,
          'faas.trigger': 'http',
          'http.method': 'GET',
          'http.status_code': 502,
        },
      },
    ],
    expected: [{ function: 'orders', outcome: 'error', httpStatus: 502, errorType: '502', trigger: 'http' }],
  },
  {
    name: 'Lambda, .NET, an exception with the status set',
    resource: { 'service.name': 'orders' },
    spans: [
      {
        kind: server,
        status: failed,
        events: [exception('System.Exception', 'bad')],
        attributes: {
          'faas.name': 'orders',
          'faas.invocation_id': 'r6',
          'faas.trigger': 'other',
          'cloud.resource_id': arn,
        },
      },
    ],
    expected: [{ outcome: 'error', errorType: 'System.Exception', errorMessage: 'boom', trigger: 'other' }],
  },
  {
    name: 'Lambda, Node, new Error() without a message leaves only the event',
    resource: lambda,
    spans: [{ kind: server, attributes: { 'faas.invocation_id': 'r7' }, events: [exception('Error', '')] }],
    expected: [{ outcome: 'error', errorType: 'Error' }],
  },
  {
    name: 'Lambda, SQS: the consumer child repeats the error but is not a second run',
    resource: lambda,
    spans: [
      { kind: consumer, parent: 1, attributes: { 'faas.trigger': 'pubsub' }, status: failed },
      { kind: server, attributes: { 'faas.invocation_id': 'r8', 'faas.trigger': 'pubsub' }, status: failed },
    ],
    expected: [{ invocationId: 'r8', outcome: 'error', trigger: 'pubsub' }],
  },
  {
    name: 'Lambda, a server inside the function is not a second run',
    resource: lambda,
    spans: [
      { kind: server, parent: 1 },
      { kind: server, parent: elsewhere, attributes: { 'faas.invocation_id': 'r9' } },
    ],
    expected: [{ invocationId: 'r9' }],
  },
  {
    name: 'Lambda, attributes copied to every span still make one run',
    resource: lambda,
    spans: [
      { kind: server, parent: elsewhere, attributes: { 'faas.invocation_id': 'r10' } },
      { kind: server, parent: 0, flags: local, attributes: { 'faas.invocation_id': 'r10' } },
      { kind: internal, parent: 1, flags: local, attributes: { 'faas.invocation_id': 'r10' } },
    ],
    expected: [{ invocationId: 'r10' }],
  },
  {
    name: 'Lambda extension: the init span is not a run',
    resource: { 'faas.invoked_provider': 'aws', 'faas.name': 'orders', 'faas.max_memory': '512' },
    spans: [{ kind: internal, name: 'init orders', attributes: { 'faas.coldstart': true } }],
    expected: [],
  },
  {
    name: 'Lambda: a timeout the platform reports',
    resource: { ...lambda, 'faas.max_memory': '512' },
    spans: [
      {
        kind: server,
        attributes: { 'faas.invocation_id': 'r11', 'error.type': 'Sandbox.Timedout' },
        status: failed,
      },
    ],
    expected: [{ outcome: 'timeout', errorType: 'Sandbox.Timedout', memoryBytes: 536_870_912n }],
  },
  {
    name: 'Lambda: killed for memory',
    resource: lambda,
    spans: [
      {
        kind: server,
        attributes: { 'faas.invocation_id': 'r12', 'error.type': 'Runtime.OutOfMemory' },
        status: failed,
      },
    ],
    expected: [{ outcome: 'oom' }],
  },
  {
    name: 'Cloudflare: the id on every span, only the root is the run',
    resource: {
      'cloud.provider': 'cloudflare',
      'cloud.platform': 'cloudflare.workers',
      'service.name': 'edge',
    },
    spans: [
      {
        kind: server,
        attributes: {
          'faas.invocation_id': 'c1',
          'faas.trigger': 'cron',
          'cloudflare.outcome': 'exceededCpu',
          'cloudflare.cold_start_ms': 12,
        },
      },
      { kind: internal, parent: 0, attributes: { 'faas.invocation_id': 'c1' } },
      { kind: server, parent: 0, attributes: { 'faas.invocation_id': 'c1', 'faas.trigger': 'http' } },
    ],
    expected: [
      {
        function: 'edge',
        outcome: 'timeout',
        errorType: 'exceededCpu',
        cold: true,
        initNs: 12_000_000n,
        trigger: 'timer',
      },
    ],
  },
  {
    name: 'Azure: the raw name of a trigger, the first of repeated keys',
    resource: { 'cloud.platform': 'azure_functions', 'service.name': 'app', 'cloud.region': 'westeurope' },
    spans: [
      {
        kind: server,
        attributes: { 'faas.name': 'onEvent', 'faas.invocation_id': 'a1', 'faas.trigger': 'eventHubTrigger' },
      },
    ],
    expected: [{ function: 'onEvent', platform: 'azure.functions', provider: 'azure', trigger: 'pubsub' }],
  },
  {
    name: 'Google: the server span of the framework is the run',
    resource: {
      'cloud.provider': 'gcp',
      'cloud.platform': 'gcp_cloud_run',
      'faas.name': 'pay',
      'faas.version': 'rev-1',
    },
    spans: [
      {
        kind: server,
        parent: elsewhere,
        attributes: { 'http.request.method': 'POST', 'http.response.status_code': 200 },
      },
      { kind: client, parent: 0 },
    ],
    expected: [{ function: 'pay', version: 'rev-1', trigger: 'http', httpStatus: 200, outcome: 'ok' }],
  },
  {
    name: 'Vercel: no faas names at all',
    resource: {
      'cloud.provider': 'vercel',
      'service.name': 'site',
      env: 'preview',
      'vercel.deployment_id': 'dpl_1',
    },
    spans: [{ kind: server, attributes: { 'http.method': 'GET', 'http.status_code': 404 } }],
    expected: [
      {
        function: 'site',
        environment: 'preview',
        version: 'dpl_1',
        platform: 'vercel',
        httpStatus: 404,
        outcome: 'ok',
      },
    ],
  },
  {
    name: 'any platform that follows the convention',
    resource: { 'service.name': 'svc', 'deployment.environment': 'prod', team: 'payments' },
    spans: [
      {
        kind: internal,
        attributes: { 'faas.invocation_id': 'g1', 'faas.name': 'resize', 'faas.trigger': 'timer' },
      },
    ],
    expected: [{ function: 'resize', trigger: 'timer', environment: 'prod', team: 'payments' }],
  },
  {
    name: 'a plain Node service without any setting: an internal root counts',
    resource: { 'service.name': 'unknown_service:node' },
    spans: [{ kind: internal }, { kind: client, parent: 0 }, { kind: internal, parent: 0 }],
    expected: [{ function: 'unknown_service:node', outcome: 'ok', provider: '', invocationId: '' }],
  },
  {
    name: 'a plain service: a remote parent starts a run, a local server does not',
    resource: { 'service.name': 'shop', 'service.version': '1.4.0' },
    spans: [
      { kind: server, parent: elsewhere, flags: remote },
      { kind: server, parent: 0, flags: local },
      { kind: consumer, parent: elsewhere, flags: remote },
    ],
    expected: [
      { function: 'shop', version: '1.4.0' },
      { function: 'shop', trigger: 'pubsub' },
    ],
  },
  {
    name: 'a plain service: outgoing calls at the root are no runs',
    resource: { 'service.name': 'shop' },
    spans: [{ kind: client }, { kind: 4 }],
    expected: [],
  },
  {
    name: 'a plain service: a handled exception is no failure, an escaped one is',
    resource: { 'service.name': 'shop' },
    spans: [
      { kind: server, events: [exception('E', 'handled')] },
      { kind: server, events: [exception('E', 'fatal', { 'exception.escaped': true })] },
    ],
    expected: [
      { outcome: 'ok', errorType: '' },
      { outcome: 'error', errorType: 'E', errorMessage: 'fatal' },
    ],
  },
  {
    name: 'no resource at all',
    resource: {},
    spans: [{ kind: server }],
    expected: [{ function: 'unknown_service' }],
  },
];

const idOf = (index: number): string => (index + 1).toString(16).padStart(16, '0');

for (const { name, resource, spans, expected } of cases) {
  test(`invocations: ${name}`, () => {
    const sent = spans.map(({ parent, attributes = {}, ...rest }, index) => ({
      ...goodSpan,
      ...rest,
      spanId: idOf(index),
      parentSpanId: typeof parent === 'number' ? idOf(parent) : (parent ?? ''),
      attributes: keyValues(attributes),
    }));
    const { invocations } = decode(jsonRequest(sent, resource), 'json');
    const seen = invocations.map((row, index) => pick(row, expected[index] ?? {}));
    assert.equal(invocations.length, expected.length);
    assert.deepEqual(seen, expected);
  });
}

function pick(row: InvocationRow, like: Partial<InvocationRow>): Partial<InvocationRow> {
  const keys = new Set(Object.keys(like));
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key)));
}
