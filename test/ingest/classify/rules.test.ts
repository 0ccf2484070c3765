import { elsewhere, exception, failed, kinds, local, testCases } from '../support/classify-cases.js';

const answered = (status: number, more = {}) => ({
  kind: kinds.server,
  attributes: { 'http.request.method': 'GET', 'http.response.status_code': status, ...more },
});
const plain = { 'service.name': 'shop' };

testCases([
  {
    name: 'rules: a set of statuses replaces the default one, for its functions only',
    resource: plain,
    config: { classification: { outcomes: [{ functions: ['sh*'], httpErrors: ['429', '400-403', '5xx'] }] } },
    spans: [answered(429), answered(403), answered(404), answered(503)],
    expected: [
      { outcome: 'error', errorType: '429' },
      { outcome: 'error', errorType: '403' },
      { outcome: 'ok', errorType: '' },
      { outcome: 'error', errorType: '503' },
    ],
  },
  {
    name: 'rules: an empty set of statuses leaves errors to the span, and another function as it was',
    resource: plain,
    config: { classification: { outcomes: [{ functions: ['shop'], httpErrors: [] }] } },
    spans: [
      answered(500),
      { ...answered(500, { 'error.type': '500' }), status: { code: 2 } },
      { ...answered(500), status: failed },
      answered(500, { 'faas.name': 'cart' }),
    ],
    expected: [
      { function: 'shop', outcome: 'ok' },
      { function: 'shop', outcome: 'ok', errorType: '' },
      { function: 'shop', outcome: 'error', errorMessage: 'boom' },
      { function: 'cart', outcome: 'error' },
    ],
  },
  {
    name: 'rules: ignored errors are no failures, in whatever way they are told, unless the answer is one',
    resource: { 'faas.name': 'f', 'cloud.platform': 'aws_lambda' },
    config: {
      classification: { outcomes: [{ functions: ['*'], ignoredErrors: ['*.NotFound', 'Declined'] }] },
    },
    spans: [
      { kind: kinds.server, status: failed, events: [exception('shop.NotFound', 'no 7')] },
      { kind: kinds.server, events: [exception('Declined', 'no 8')] },
      {
        kind: kinds.server,
        status: failed,
        attributes: { 'error.type': 'Declined', 'http.status_code': 500 },
      },
      { kind: kinds.server, status: failed, events: [exception('NotFound', 'no 9')] },
    ],
    expected: [
      { outcome: 'ok', errorType: '', errorMessage: '' },
      { outcome: 'ok' },
      { outcome: 'error', errorType: 'Declined' },
      { outcome: 'error', errorType: 'NotFound' },
    ],
  },
  {
    name: 'rules: a condition has the first word, in both directions',
    resource: plain,
    config: {
      classification: {
        outcomes: [
          {
            functions: ['shop'],
            conditions: [
              { attribute: 'shop.dry', is: true, outcome: 'ok' },
              { attribute: 'shop.limit', outcome: 'throttled', errorType: 'OverLimit' },
            ],
          },
        ],
      },
    },
    spans: [
      { ...answered(500, { 'shop.dry': true }), status: failed },
      answered(200, { 'shop.limit': 5 }),
      { ...answered(200, { 'shop.dry': false }), status: failed },
    ],
    expected: [
      { outcome: 'ok', errorType: '' },
      { outcome: 'throttled', errorType: 'OverLimit' },
      { outcome: 'error' },
    ],
  },
  {
    name: 'rules: of several rules the first that says something counts, ignored errors add up',
    resource: plain,
    config: {
      classification: {
        outcomes: [
          { functions: ['shop'], ignoredErrors: ['A'] },
          { functions: ['*'], httpErrors: [418], ignoredErrors: ['B'] },
          { functions: ['*'], httpErrors: [200] },
        ],
      },
    },
    spans: [
      answered(200),
      answered(418),
      { kind: kinds.server, status: failed, attributes: { 'error.type': 'A' } },
      { kind: kinds.server, status: failed, attributes: { 'error.type': 'B' } },
    ],
    expected: [{ outcome: 'ok' }, { outcome: 'error' }, { outcome: 'ok' }, { outcome: 'ok' }],
  },
  {
    name: 'senders: attributes are read from the span, then the resource; what is missing stays as it was',
    resource: { 'service.name': 'shop', 'git.sha': 'abc', 'my.fn': 'of-resource', 'host.arch': 'amd64' },
    config: {
      classification: {
        senders: [
          {
            services: ['sh?p'],
            read: { function: ['absent', 'my.fn'], version: ['git.sha'], arch: ['absent'], trigger: ['why'] },
            set: { region: 'cellar', version: 'never' },
          },
          {
            resource: { 'git.sha': '*' },
            read: { function: ['other'] },
            set: { region: 'attic', alias: 'blue' },
          },
        ],
      },
    },
    spans: [
      { kind: kinds.server, attributes: { 'my.fn': 'of-span', other: 'x', why: 'timerTrigger' } },
      { kind: kinds.server },
    ],
    expected: [
      {
        function: 'of-span',
        version: 'abc',
        arch: 'x86_64',
        region: 'cellar',
        alias: 'blue',
        trigger: 'timer',
      },
      { function: 'of-resource', version: 'abc', region: 'cellar', trigger: '' },
    ],
  },
  {
    name: 'senders: a rule for others changes nothing',
    resource: { 'service.name': 'shop' },
    config: {
      classification: {
        senders: [
          { services: ['cart'], set: { function: 'wrong' } },
          { services: ['shop'], resource: { stage: 'live' }, set: { function: 'wrong' } },
        ],
      },
    },
    spans: [{ kind: kinds.server }],
    expected: [{ function: 'shop' }],
  },
  {
    name: 'senders: ignored names are no runs, and a mapped text that is no number changes nothing',
    resource: plain,
    config: {
      classification: {
        senders: [
          {
            services: ['*'],
            ignore: ['GET /health*', 'ready'],
            read: { memory: ['mem'], payloadBytes: ['size'], httpStatus: ['answer'], initMs: ['init'] },
          },
        ],
      },
    },
    spans: [
      { kind: kinds.server, name: 'GET /healthz' },
      { kind: kinds.server, name: 'ready' },
      {
        kind: kinds.server,
        name: 'already',
        attributes: { mem: 'much', size: '-1', answer: 'yes', init: '0' },
      },
      { kind: kinds.server, name: 'GET /', attributes: { mem: '64', size: 9, answer: 503, init: '1.5' } },
    ],
    expected: [
      { memoryBytes: 0n, payloadBytes: null, httpStatus: 0, cold: false },
      {
        memoryBytes: 67_108_864n,
        payloadBytes: 9,
        httpStatus: 503,
        outcome: 'error',
        cold: true,
        initNs: 1_500_000n,
      },
    ],
  },
  {
    name: 'senders: where it is said which spans count, exactly those do, wherever they stand',
    resource: plain,
    config: { classification: { senders: [{ services: ['shop'], count: { names: ['job *'] } }] } },
    spans: [
      { kind: kinds.server, name: 'GET /' },
      { kind: kinds.internal, name: 'job one', parent: 0, flags: local },
      { kind: kinds.producer, name: 'job two', parent: 1, flags: local },
    ],
    expected: [{ function: 'shop' }, { function: 'shop' }],
  },
  {
    name: 'attribution: the span is nearer than the resource, and both than the configured owner',
    resource: { 'service.name': 'shop', team: 'web', 'cost.center': 4 },
    config: {
      attribution: {
        product: ['line', 'product'],
        tags: ['cost.center', 'campaign'],
        owners: [
          { functions: ['shop'], team: 'nobody' },
          { functions: ['*'], team: 'nobody', product: 'store' },
        ],
      },
    },
    spans: [
      { kind: kinds.server, attributes: { team: 'cart', line: 'food', 'cost.center': 5, campaign: 'May' } },
      { kind: kinds.server, attributes: { 'customer.id': 'c7', feature: 'search' } },
    ],
    expected: [
      {
        team: 'cart',
        product: 'food',
        tags: [
          ['cost.center', '5'],
          ['campaign', 'May'],
        ],
      },
      { team: 'web', product: 'store', customer: 'c7', feature: 'search', tags: [['cost.center', '4']] },
    ],
  },
  {
    name: 'deliveries: a configured key comes first, a batch has none',
    resource: plain,
    config: { classification: { deliveryKeys: ['order.key'] } },
    spans: [
      { kind: kinds.consumer, attributes: { 'order.key': 'k', 'messaging.message.id': 'm' } },
      {
        kind: kinds.consumer,
        attributes: { 'messaging.message.id': 'm', 'messaging.batch.message_count': 1 },
      },
      {
        kind: kinds.consumer,
        attributes: { 'messaging.message.id': 'm', 'messaging.batch.message_count': 2 },
      },
    ],
    expected: [{ deliveryId: 'k' }, { deliveryId: 'm' }, { deliveryId: '' }],
  },
  {
    name: 'inner spans: one message below a run is its delivery, two are not, and those of another run never',
    resource: { 'cloud.platform': 'aws_lambda', 'faas.name': 'f' },
    spans: [
      {
        kind: kinds.consumer,
        parent: 1,
        attributes: { 'messaging.message.id': 'm1', 'messaging.message.body.size': 7 },
      },
      { kind: kinds.server, attributes: { 'faas.invocation_id': 'r1' } },
      { kind: kinds.consumer, parent: 4, attributes: { 'messaging.message.id': 'm2' } },
      { kind: kinds.consumer, parent: 4, attributes: { 'messaging.message.id': 'm3' } },
      { kind: kinds.server, attributes: { 'faas.invocation_id': 'r2' } },
      { kind: kinds.server, parent: elsewhere, attributes: { 'http.status_code': 500 } },
      { kind: kinds.server, attributes: { 'faas.invocation_id': 'r3' } },
    ],
    expected: [
      { invocationId: 'r1', deliveryId: 'm1', payloadBytes: 7, trigger: 'pubsub' },
      { invocationId: 'r2', deliveryId: '', trigger: 'pubsub' },
      { invocationId: 'r3', deliveryId: '', trigger: '', httpStatus: 0, outcome: 'ok' },
    ],
  },
]);
