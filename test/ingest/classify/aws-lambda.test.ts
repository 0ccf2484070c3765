import { elsewhere, exception, failed, kinds, local, remote, testCases } from '../support/classify-cases.js';

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
testCases([
  {
    name: 'Lambda, Node, present names',
    resource: lambda,
    spans: [
      {
        kind: kinds.server,
        name: 'orders',
        attributes: {
          'faas.invocation_id': 'r1',
          'cloud.resource_id': `${arn}:live`,
          'faas.coldstart': true,
        },
      },
      { kind: kinds.client, parent: 0 },
      { kind: kinds.internal, parent: 0 },
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
      {
        kind: kinds.server,
        parent: elsewhere,
        attributes: { 'faas.execution': 'r2', 'faas.id': `${arn}:7` },
      },
    ],
    expected: [{ function: 'orders', invocationId: 'r2', version: '42', alias: '', account: '111122223333' }],
  },
  {
    name: 'Lambda, Java, ARN with alias and nothing in the resource',
    resource: { 'service.name': 'whatever' },
    spans: [
      {
        kind: kinds.server,
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
        kind: kinds.server,
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
        kind: kinds.server,
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
        kind: kinds.server,
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
    spans: [
      { kind: kinds.server, attributes: { 'faas.invocation_id': 'r7' }, events: [exception('Error', '')] },
    ],
    expected: [{ outcome: 'error', errorType: 'Error' }],
  },
  {
    name: 'Lambda, SQS: the consumer child repeats the error but is not a second run',
    resource: lambda,
    spans: [
      { kind: kinds.consumer, parent: 1, attributes: { 'faas.trigger': 'pubsub' }, status: failed },
      {
        kind: kinds.server,
        attributes: { 'faas.invocation_id': 'r8', 'faas.trigger': 'pubsub' },
        status: failed,
      },
    ],
    expected: [{ invocationId: 'r8', outcome: 'error', trigger: 'pubsub' }],
  },
  {
    name: 'Lambda, a server inside the function is not a second run',
    resource: lambda,
    spans: [
      { kind: kinds.server, parent: 1 },
      { kind: kinds.server, parent: elsewhere, attributes: { 'faas.invocation_id': 'r9' } },
    ],
    expected: [{ invocationId: 'r9' }],
  },
  {
    name: 'Lambda, attributes copied to every span still make one run',
    resource: lambda,
    spans: [
      { kind: kinds.server, parent: elsewhere, attributes: { 'faas.invocation_id': 'r10' } },
      { kind: kinds.server, parent: 0, flags: local, attributes: { 'faas.invocation_id': 'r10' } },
      { kind: kinds.internal, parent: 1, flags: local, attributes: { 'faas.invocation_id': 'r10' } },
    ],
    expected: [{ invocationId: 'r10' }],
  },
  {
    name: 'Lambda extension: the init span is not a run',
    resource: { 'faas.invoked_provider': 'aws', 'faas.name': 'orders', 'faas.max_memory': '512' },
    spans: [{ kind: kinds.internal, name: 'init orders', attributes: { 'faas.coldstart': true } }],
    expected: [],
  },
  {
    name: 'Lambda: a timeout the platform reports',
    resource: { ...lambda, 'faas.max_memory': '512' },
    spans: [
      {
        kind: kinds.server,
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
        kind: kinds.server,
        attributes: { 'faas.invocation_id': 'r12', 'error.type': 'Runtime.OutOfMemory' },
        status: failed,
      },
    ],
    expected: [{ outcome: 'oom' }],
  },
]);
