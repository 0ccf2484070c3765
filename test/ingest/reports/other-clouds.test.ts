import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAzureLine } from '../../../ingest/reports/azure-line.js';
import { parseGoogleLine } from '../../../ingest/reports/google-line.js';
import { nothingTold, type PlatformReport } from '../../../ingest/reports/platform-report.js';
import { receivedAtMs } from '../support/decode.js';
import { decodeReports } from '../support/decode-signals.js';
import { protobufBody } from '../support/sample-items.js';

const id = '61450e7b-3d7d-45ff-ab49-109def540752';
const azure = { ...nothingTold, teller: 'azure' as const, functionName: 'Orders', invocationId: id };
const google = { ...nothingTold, teller: 'gcp' as const, invocationId: 'x8k1p2' };

const lines: { name: string; told: PlatformReport | null; expected: PlatformReport | null }[] = [
  {
    name: 'Azure: a run that went well',
    told: parseAzureLine(`Executed 'Functions.Orders' (Succeeded, Id=${id}, Duration=151ms)`),
    expected: { ...azure, durationMs: 151 },
  },
  {
    name: 'Azure: a run that failed, in a host that tells no duration',
    told: parseAzureLine(`Executed 'Functions.Orders' (Failed, Id=${id})`),
    expected: { ...azure, outcome: 'error' },
  },
  {
    name: 'Azure: the beginning of a run is no report',
    told: parseAzureLine(`Executing 'Functions.Orders' (Reason='', Id=${id})`),
    expected: null,
  },
  {
    name: 'Azure: a run the host ends',
    told: parseAzureLine(
      `Timeout value of 00:05:00 exceeded by function 'Functions.Orders' (Id: '${id}'). Initiating cancellation.`,
    ),
    expected: {
      ...azure,
      outcome: 'timeout',
      errorType: 'FunctionTimeoutException',
      errorMessage: "Timeout value of 00:05:00 exceeded by function 'Functions.Orders'",
      durationMs: 300_000,
    },
  },
  {
    name: 'Google: a time-out',
    told: parseGoogleLine("Function execution took 60002 ms, finished with status: 'timeout'", 'x8k1p2'),
    expected: {
      ...google,
      outcome: 'timeout',
      errorType: 'Function.Timeout',
      errorMessage: "Function execution took 60002 ms, finished with status: 'timeout'",
      durationMs: 60_002,
    },
  },
  {
    name: 'Google: out of memory',
    told: parseGoogleLine("Function execution took 812 ms, finished with status: 'out of memory'", 'x8k1p2'),
    expected: {
      ...google,
      outcome: 'oom',
      errorType: 'OutOfMemory',
      errorMessage: "Function execution took 812 ms, finished with status: 'out of memory'",
      durationMs: 812,
    },
  },
  {
    name: 'Google: a run that ended by itself is known by its span',
    told: parseGoogleLine('Function execution took 12 ms, finished with status code: 200', 'x8k1p2'),
    expected: null,
  },
  {
    name: 'Google: without an execution id nothing can be told apart',
    told: parseGoogleLine("Function execution took 60002 ms, finished with status: 'timeout'", ''),
    expected: null,
  },
];
for (const { name, told, expected } of lines) test(name, () => assert.deepEqual(told, expected));

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const number = (key: string, intValue: string) => ({ key, value: { intValue } });

function reported(resource: readonly object[], record: object) {
  const message = {
    resourceLogs: [
      {
        resource: { attributes: resource },
        scopeLogs: [{ logRecords: [{ timeUnixNano: `${receivedAtMs}000000`, ...record }] }],
      },
    ],
  };
  return decodeReports(protobufBody('ExportLogsServiceRequest', message), 'protobuf').map((row) => {
    const { provider, platform, account, region, outcome, errorType, invocationId, durationNs, initNs } = row;
    return {
      ...{ function: row.function, environment: row.environment, version: row.version, alias: row.alias },
      ...{ provider, platform, account, region, outcome, errorType, invocationId, durationNs, initNs },
    };
  });
}

const rows = [
  {
    name: 'the Azure host: the function is the one in the line, not the app',
    resource: [
      text('service.name', 'shop-payments'),
      text('service.version', '2.4.1'),
      text('cloud.provider', 'azure'),
      text('cloud.platform', 'azure_functions'),
      text('cloud.region', 'westeurope'),
      text(
        'cloud.resource_id',
        '/subscriptions/7f0c/resourceGroups/shop/providers/Microsoft.Web/sites/shop-payments/slots/staging',
      ),
      text('deployment.environment.name', 'prod'),
    ],
    record: { body: { stringValue: `Executed 'Functions.Orders' (Failed, Id=${id}, Duration=13ms)` } },
    expected: {
      function: 'Orders',
      environment: 'prod',
      version: '',
      alias: 'staging',
      provider: 'azure',
      platform: 'azure.functions',
      account: '7f0c',
      region: 'westeurope',
      outcome: 'error',
      errorType: '',
      invocationId: id,
      durationNs: 13_000_000n,
      initNs: 0n,
    },
  },
  {
    name: 'a log entry of Google as the Collector writes it down',
    resource: [
      text('gcp.project', 'shop-production'),
      text('gcp.resource_type', 'cloud_function'),
      text('gcp.label.function_name', 'notify-push'),
      text('gcp.label.region', 'europe-west1'),
    ],
    record: {
      body: { stringValue: "Function execution took 30001 ms, finished with status: 'timeout'" },
      attributes: [text('gcp.label.execution_id', 'x8k1p2')],
    },
    expected: {
      function: 'notify-push',
      environment: '',
      version: '',
      alias: '',
      provider: 'gcp',
      platform: 'gcp_cloud_functions',
      account: 'shop-production',
      region: 'europe-west1',
      outcome: 'timeout',
      errorType: 'Function.Timeout',
      invocationId: 'x8k1p2',
      durationNs: 30_001_000_000n,
      initNs: 0n,
    },
  },
  {
    name: 'the record Workers write of an invocation',
    resource: [
      text('service.name', 'image-edge'),
      text('faas.name', 'image-edge'),
      text('faas.version', '7be19d40'),
      text('faas.invoked_region', 'weur'),
      text('cloud.provider', 'cloudflare'),
      text('cloud.platform', 'cloudflare.workers'),
    ],
    record: {
      body: { stringValue: 'GET https://shop.example/' },
      attributes: [
        text('faas.invocation_id', 'W1'),
        text('cloudflare.outcome', 'exceededMemory'),
        number('wall_time_ms', '87'),
        number('cold_start_ms', '6'),
      ],
    },
    expected: {
      function: 'image-edge',
      environment: '',
      version: '7be19d40',
      alias: '',
      provider: 'cloudflare',
      platform: 'cloudflare.workers',
      account: '',
      region: 'weur',
      outcome: 'oom',
      errorType: 'exceededMemory',
      invocationId: 'W1',
      durationNs: 87_000_000n,
      initNs: 6_000_000n,
    },
  },
];
for (const { name, resource, record, expected } of rows)
  test(name, () => assert.deepEqual(reported(resource, record), [expected]));

test('an ordinary log of any of them is no report', () => {
  const resource = [text('service.name', 'shop-payments'), text('cloud.platform', 'azure_functions')];
  for (const line of ["Executed 'SELECT 1'", 'Timeout value of 3 is too low', 'Function execution took long'])
    assert.deepEqual(reported(resource, { body: { stringValue: line } }), []);
});
