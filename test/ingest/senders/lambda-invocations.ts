/** One run as the Lambda runtime asks for it. */
export type LambdaInvocation = { name: string; requestId: string; event: object };

const arn = 'arn:aws:sqs:eu-central-1:123456789012:orders-queue';
const record = (messageId: string, parent: string) => ({
  messageId,
  body: '{}',
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: 'eu-central-1',
  attributes: {
    ApproximateReceiveCount: '1',
    AWSTraceHeader: `Root=1-673dbf3e-8f6a3c2b1d4e5f6071829304;Parent=${parent};Sampled=1`,
  },
  messageAttributes: {},
});

const apiGateway = {
  version: '2.0',
  routeKey: 'POST /orders',
  rawPath: '/orders',
  headers: {
    host: 'shop.example.com',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  requestContext: { http: { method: 'POST', path: '/orders' }, stage: '$default' },
};

/** In this order in one warm process: the first one is its cold start. */
export const lambdaInvocations: readonly LambdaInvocation[] = [
  { name: 'success', requestId: 'aaaaaaaa-0000-4000-8000-000000000001', event: { wish: 'succeed' } },
  { name: 'thrown-error', requestId: 'aaaaaaaa-0000-4000-8000-000000000002', event: { wish: 'throw' } },
  {
    name: 'thrown-empty-error',
    requestId: 'aaaaaaaa-0000-4000-8000-000000000003',
    event: { wish: 'throw empty' },
  },
  {
    name: 'thrown-string',
    requestId: 'aaaaaaaa-0000-4000-8000-000000000004',
    event: { wish: 'throw text' },
  },
  { name: 'api-gateway-502', requestId: 'aaaaaaaa-0000-4000-8000-000000000005', event: apiGateway },
  {
    name: 'sqs-two-records',
    requestId: 'aaaaaaaa-0000-4000-8000-000000000006',
    event: { Records: [record('m-1', '53995c3f42cd8ad8'), record('m-2', '53995c3f42cd8ad9')] },
  },
  { name: 'retry-1', requestId: 'aaaaaaaa-0000-4000-8000-000000000007', event: { wish: 'fail once' } },
  { name: 'retry-2', requestId: 'aaaaaaaa-0000-4000-8000-000000000007', event: { wish: 'fail once' } },
];
