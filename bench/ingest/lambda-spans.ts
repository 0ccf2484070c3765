import { type Attributes, SpanKind, type SpanOptions } from '@opentelemetry/api';

/** What makes one span differ from the next: numbers in [0, 1), and ids that each sending renews. */
export type Varied = { readonly random: () => number; readonly id: () => string };

export type VariedSpan = { name: string; options: SpanOptions };

const functionNames =
  'orders cart checkout payments refunds stock search prices images mails users login'.split(' ');
const regions = ['eu-central-1', 'us-east-1', 'ap-southeast-2'];
const tables = ['orders', 'carts', 'customers', 'sessions', 'stock-levels', 'idempotency'];
const methods = ['GetItem', 'PutItem', 'Query', 'UpdateItem', 'TransactWriteItems'];
const hosts = [
  'api.stripe.com',
  'prices.internal.example.com',
  'mail.example.net',
  'search.internal.example.com',
];
const errors = ['TypeError', 'TimeoutError', 'ConditionalCheckFailedException'];

function pick<Item>(list: readonly Item[], random: () => number): Item {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

function whole(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

/** 15 attributes, as the AWS resource detectors set them. The instance stays the same over all sendings, as a warm one. */
export function lambdaResource({ random }: Varied): Attributes {
  const part = () =>
    whole(random, 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  const name = `shop-${pick(functionNames, random)}`;
  const version = String(1 + whole(random, 60));
  return {
    'service.name': name,
    'service.version': `1.${whole(random, 40)}.${whole(random, 9)}`,
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': '2.12.1',
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'cloud.region': pick(regions, random),
    'faas.name': name,
    'faas.version': version,
    'faas.instance': `2026/11/20/[${version}]${part()}${part()}${part()}${part()}`,
    'faas.max_memory': 128 * 2 ** whole(random, 5) * 1024 * 1024,
    'deployment.environment.name': 'production',
    'process.runtime.version': '20.20.2',
    'aws.log.group.names': [`/aws/lambda/${name}`],
  };
}

/** The run itself; one in fifty fails with an exception. */
export function rootSpan({
  random,
  id,
}: Varied): VariedSpan & { error: { name: string; message: string; stack: string } | null } {
  const name = `shop-${pick(functionNames, random)}`;
  const fails = random() < 0.02;
  const order = whole(random, 10_000_000);
  return {
    name,
    options: {
      kind: SpanKind.SERVER,
      attributes: {
        'faas.invocation_id': `${id()}-4a1b-4c3d-9e5f-${id()}0f1e`,
        'cloud.resource_id': `arn:aws:lambda:eu-central-1:123456789012:function:${name}:live`,
        'cloud.account.id': '123456789012',
        'faas.coldstart': random() < 0.02,
        'faas.trigger': 'http',
        'http.request.method': random() < 0.7 ? 'GET' : 'POST',
        'http.response.status_code': fails ? 500 : 200,
        'url.path': `/v1/orders/${order}/lines/${whole(random, 30)}`,
      },
    },
    error: fails
      ? {
          name: pick(errors, random),
          message: `Order ${order} cannot be changed any more`,
          stack: `Error\n    at handler (/var/task/index.js:${whole(random, 900)}:17)\n    at Runtime.handleOnce (/var/runtime/index.mjs:1205:29)`,
        }
      : null,
  };
}

/** A call of the run: to DynamoDB, over HTTP, to a queue, or within the process; 2 to 10 attributes. */
export function variedCall({ random, id }: Varied): VariedSpan {
  const share = random();
  if (share < 0.4) {
    const table = pick(tables, random);
    const method = pick(methods, random);
    return client(`DynamoDB.${method}`, {
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': method,
      'db.system': 'dynamodb',
      'db.operation.name': method,
      'aws.dynamodb.table_names': [table],
      'aws.request_id': `VV4KQNSO5AEMVJF66Q9A${id()}${id()}${id()}`,
      'server.address': 'dynamodb.eu-central-1.amazonaws.com',
      'http.response.status_code': 200,
      'cloud.region': 'eu-central-1',
    });
  }
  if (share < 0.7) {
    const host = pick(hosts, random);
    return client('GET', {
      'http.request.method': 'GET',
      'url.full': `https://${host}/v2/customers/${whole(random, 1e6)}?expand=${id()}`,
      'http.response.status_code': random() < 0.98 ? 200 : 503,
      'server.address': host,
      'server.port': 443,
      'network.peer.address': `10.${whole(random, 256)}.${whole(random, 256)}.${whole(random, 256)}`,
    });
  }
  if (share < 0.8) {
    return {
      name: 'order-events publish',
      options: {
        kind: SpanKind.PRODUCER,
        attributes: {
          'messaging.system': 'aws_sqs',
          'messaging.destination.name': 'order-events',
          'messaging.message.id': `${id()}-77aa-4c3d-9e5f-${id()}0f1e`,
          'messaging.message.body.size': whole(random, 9000),
        },
      },
    };
  }
  return {
    name: pick(['validate', 'price', 'render'], random),
    options: {
      attributes: { 'code.function.name': 'Cart.price', 'app.cart.total_cents': whole(random, 100_000) },
    },
  };
}

function client(name: string, attributes: Attributes): VariedSpan {
  return { name, options: { kind: SpanKind.CLIENT, attributes } };
}
