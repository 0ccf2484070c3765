import type { DemoFunction } from '../demo-function.js';
import { describeFunction } from '../describe-function.js';

const team = 'checkout';
const orders = { name: 'orders-db', kind: 'db', medianMs: 9, sigma: 0.4, ratio: 1 } as const;

export const checkout: readonly DemoFunction[] = [
  describeFunction({
    name: 'storefront-edge',
    team,
    sender: 'cloudflare',
    trigger: 'http',
    perMinute: 300,
    memoryMb: 128,
    usedMemoryMb: 40,
    run: { medianMs: 6, sigma: 0.6, tailRatio: 0.03, tailFactor: 6 },
    cold: { medianMs: 5, sigma: 0.3 },
    errorRatio: 0.0003,
    error: { type: 'exception', message: 'TypeError: Cannot read properties of undefined' },
    versions: [{ version: 'a41f09c2', alias: '', share: 1 }],
    calls: [
      { to: 'cart-api', via: 'http', ratio: 0.22, fanOut: 1 },
      { to: 'search-query', via: 'http', ratio: 0.2, fanOut: 1 },
    ],
  }),
  describeFunction({
    name: 'checkout-api',
    team,
    sender: 'lambda-node',
    trigger: 'http',
    perMinute: 18,
    memoryMb: 1024,
    usedMemoryMb: 310,
    regions: [
      { region: 'eu-central-1', share: 0.7 },
      { region: 'us-east-1', share: 0.3 },
    ],
    versions: [
      { version: '41', alias: 'live', share: 0.95 },
      { version: '42', alias: 'canary', share: 0.05 },
    ],
    run: { medianMs: 55, sigma: 0.45, tailRatio: 0.02, tailFactor: 4 },
    cold: { medianMs: 620, sigma: 0.3 },
    error: { type: 'CheckoutRejected', message: 'The order total does not match the cart' },
    dependencies: [orders],
    calls: [
      { to: 'payments-authorize', via: 'http', ratio: 0.9, fanOut: 1 },
      { to: 'order-events', via: 'queue', ratio: 0.9, fanOut: 1 },
    ],
  }),
  describeFunction({
    name: 'cart-api',
    team,
    sender: 'lambda-node',
    trigger: 'http',
    versions: [{ version: '87', alias: 'live', share: 1 }],
    regions: [
      { region: 'eu-central-1', share: 0.7 },
      { region: 'us-east-1', share: 0.3 },
    ],
    run: { medianMs: 22, sigma: 0.5, tailRatio: 0.02, tailFactor: 5 },
    error: { type: 'CartConflict', message: 'The cart was changed by another request' },
    dependencies: [{ name: 'carts-table', kind: 'db', medianMs: 5, sigma: 0.5, ratio: 1 }],
  }),
  describeFunction({
    name: 'order-events',
    team,
    sender: 'lambda-node',
    trigger: 'queue',
    versions: [{ version: '19', alias: 'live', share: 1 }],
    run: { medianMs: 30, sigma: 0.4, tailRatio: 0.02, tailFactor: 4 },
    dependencies: [orders],
    calls: [
      { to: 'notify-email', via: 'queue', ratio: 1, fanOut: 1 },
      { to: 'stock-reserve', via: 'queue', ratio: 1, fanOut: 3 },
      { to: 'orders-to-lake', via: 'queue', ratio: 1, fanOut: 1 },
    ],
  }),
  describeFunction({
    name: 'stock-reserve',
    team,
    sender: 'lambda-go',
    trigger: 'queue',
    memoryMb: 256,
    usedMemoryMb: 60,
    versions: [{ version: '8', alias: '', share: 1 }],
    run: { medianMs: 7, sigma: 0.4, tailRatio: 0.01, tailFactor: 8 },
    cold: { medianMs: 140, sigma: 0.3 },
    dependencies: [{ name: 'stock-db', kind: 'db', medianMs: 4, sigma: 0.5, ratio: 1 }],
  }),
  describeFunction({
    name: 'abandoned-carts',
    team,
    sender: 'lambda-python',
    trigger: 'timer',
    everyMinutes: 15,
    run: { medianMs: 2_400, sigma: 0.3, tailRatio: 0.02, tailFactor: 2 },
    cold: { medianMs: 800, sigma: 0.3 },
    dependencies: [{ name: 'carts-table', kind: 'db', medianMs: 5, sigma: 0.5, ratio: 1 }],
    calls: [{ to: 'notify-email', via: 'queue', ratio: 1, fanOut: 4 }],
  }),
];
