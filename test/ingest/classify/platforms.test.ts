import { elsewhere, exception, kinds, local, remote, testCases } from '../support/classify-cases.js';

testCases([
  {
    name: 'Cloudflare: the id on every span, only the root is the run',
    resource: {
      'cloud.provider': 'cloudflare',
      'cloud.platform': 'cloudflare.workers',
      'service.name': 'edge',
    },
    spans: [
      {
        kind: kinds.server,
        attributes: {
          'faas.invocation_id': 'c1',
          'faas.trigger': 'cron',
          'cloudflare.outcome': 'exceededCpu',
          'cloudflare.cold_start_ms': 12,
        },
      },
      { kind: kinds.internal, parent: 0, attributes: { 'faas.invocation_id': 'c1' } },
      { kind: kinds.server, parent: 0, attributes: { 'faas.invocation_id': 'c1', 'faas.trigger': 'http' } },
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
        kind: kinds.server,
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
        kind: kinds.server,
        parent: elsewhere,
        attributes: { 'http.request.method': 'POST', 'http.response.status_code': 200 },
      },
      { kind: kinds.client, parent: 0 },
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
    spans: [{ kind: kinds.server, attributes: { 'http.method': 'GET', 'http.status_code': 404 } }],
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
        kind: kinds.internal,
        attributes: { 'faas.invocation_id': 'g1', 'faas.name': 'resize', 'faas.trigger': 'timer' },
      },
    ],
    expected: [{ function: 'resize', trigger: 'timer', environment: 'prod', team: 'payments' }],
  },
  {
    name: 'a plain Node service without any setting: an internal root counts',
    resource: { 'service.name': 'unknown_service:node' },
    spans: [{ kind: kinds.internal }, { kind: kinds.client, parent: 0 }, { kind: kinds.internal, parent: 0 }],
    expected: [{ function: 'unknown_service:node', outcome: 'ok', provider: '', invocationId: '' }],
  },
  {
    name: 'a plain service: a remote parent starts a run, a local server does not',
    resource: { 'service.name': 'shop', 'service.version': '1.4.0' },
    spans: [
      { kind: kinds.server, parent: elsewhere, flags: remote },
      { kind: kinds.server, parent: 0, flags: local },
      { kind: kinds.consumer, parent: elsewhere, flags: remote },
    ],
    expected: [
      { function: 'shop', version: '1.4.0' },
      { function: 'shop', trigger: 'pubsub' },
    ],
  },
  {
    name: 'a plain service: outgoing calls at the root are no runs',
    resource: { 'service.name': 'shop' },
    spans: [{ kind: kinds.client }, { kind: 4 }],
    expected: [],
  },
  {
    name: 'a plain service: a handled exception is no failure, an escaped one is',
    resource: { 'service.name': 'shop' },
    spans: [
      { kind: kinds.server, events: [exception('E', 'handled')] },
      { kind: kinds.server, events: [exception('E', 'fatal', { 'exception.escaped': true })] },
    ],
    expected: [
      { outcome: 'ok', errorType: '' },
      { outcome: 'error', errorType: 'E', errorMessage: 'fatal' },
    ],
  },
  {
    name: 'no resource at all',
    resource: {},
    spans: [{ kind: kinds.server }],
    expected: [{ function: 'unknown_service' }],
  },
]);
