import type { DemoFunction } from './demo-function.js';
import type { SenderName } from './senders.js';

type Told = Pick<DemoFunction, 'name' | 'team' | 'sender' | 'trigger'> & Partial<DemoFunction>;

const accounts: Readonly<Record<string, string>> = {
  checkout: '210000000001',
  payments: '210000000002',
  catalogue: '210000000003',
  messaging: '210000000004',
  data: '210000000005',
  intelligence: '210000000006',
};

/** The usual, for what a table row does not say. */
export function describeFunction(told: Told): DemoFunction {
  return {
    environment: 'production',
    regions: usualRegions(told.sender),
    versions: [{ version: '14', alias: 'live', share: 1 }],
    account: accounts[told.team] ?? '',
    memoryMb: 512,
    usedMemoryMb: 190,
    perMinute: 0,
    scales: told.trigger !== 'timer',
    everyMinutes: null,
    rhythm: 'shoppers',
    run: { medianMs: 40, sigma: 0.5, tailRatio: 0.02, tailFactor: 5 },
    cold: { medianMs: 450, sigma: 0.35 },
    keepAliveMinutes: 10,
    timeoutMs: 30_000,
    errorRatio: 0.0008,
    failsBy: 'throwing',
    error: { type: 'Error', message: 'Unexpected end of input' },
    dependencies: [],
    calls: [],
    retry: retries(told),
    duplicateRatio: told.trigger === 'queue' || told.trigger === 'stream' ? 0.001 : 0,
    ...told,
  };
}

/** Queues and events are tried again by the platform. Only Lambda keeps the id of the first attempt. */
function retries({ trigger, sender }: Told): DemoFunction['retry'] {
  if (trigger === 'http' || trigger === 'timer') return null;
  return { attempts: 3, delaysMs: [8_000, 25_000], reusesId: sender.startsWith('lambda') };
}

function usualRegions(sender: SenderName): DemoFunction['regions'] {
  if (sender.startsWith('lambda')) return [{ region: 'eu-central-1', share: 1 }];
  if (sender.startsWith('gcp')) return [{ region: 'europe-west1', share: 1 }];
  if (sender === 'azure-host') return [{ region: 'eastus', share: 1 }];
  // Knative names no cloud region; Workers run near whoever asks.
  if (sender !== 'cloudflare') return [{ region: '', share: 1 }];
  return [
    { region: 'weur', share: 0.65 },
    { region: 'enam', share: 0.35 },
  ];
}
