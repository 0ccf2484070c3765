import type { Attributes } from '@opentelemetry/api';
import type { DemoInvocation } from '../../simulate/invocation.js';
import {
  currentEnvironmentKey,
  type Entry,
  formerEnvironmentKey,
  kinds,
  ownership,
  routeOf,
  type Shape,
} from '../shape.js';

const bytesPerMb = 1024 * 1024;
const nodeScope = '@opentelemetry/instrumentation-aws-lambda';
const callScope = { name: '@opentelemetry/instrumentation-undici', version: '0.17.0' };

/** The Node instrumentation since 0.72; figures of 0.75.0 captured on Node 20. */
export const lambdaNode: Shape = {
  resource: (invocation) => ({
    ...lambdaResource(invocation),
    'cloud.platform': 'aws_lambda',
    'faas.instance': instanceOf(invocation),
    'faas.max_memory': invocation.function.memoryMb * bytesPerMb,
    'aws.log.group.names': [`/aws/lambda/${invocation.function.name}`],
    ...ownership(invocation, currentEnvironmentKey),
  }),
  scope: { name: nodeScope, version: '0.75.0' },
  entry: (invocation) => {
    const isMessage = invocation.function.trigger === 'queue';
    return {
      ...nodeEntry(invocation),
      attributes: {
        'faas.invocation_id': invocation.invocationId,
        'cloud.resource_id': arnOf(invocation, true),
        'cloud.account.id': invocation.function.account,
        'faas.coldstart': invocation.isCold,
        ...(isMessage ? { 'faas.trigger': 'pubsub' } : urlOf(invocation)),
      },
    };
  },
  outgoing: (name, failed) => httpCall(name, failed ? 503 : 200),
  outgoingScope: callScope,
};

/** Up to 0.71: former attribute names, no span flags, a poorer resource. 0.50.3 with SDK 1.30. */
export const lambdaNodeOld: Shape = {
  resource: (invocation) => ({
    ...lambdaResource(invocation),
    'cloud.platform': 'aws_lambda',
    ...ownership(invocation, formerEnvironmentKey),
  }),
  scope: { name: nodeScope, version: '0.50.3' },
  entry: (invocation) => ({
    ...nodeEntry(invocation),
    attributes: {
      'faas.execution': invocation.invocationId,
      'faas.id': arnOf(invocation, true),
      'cloud.account.id': invocation.function.account,
      'faas.coldstart': invocation.isCold,
      ...urlOf(invocation),
    },
  }),
  outgoing: (name, failed) => ({
    'http.method': 'POST',
    'http.url': `https://${name}.internal/`,
    'http.status_code': failed ? 503 : 200,
  }),
  outgoingScope: { name: '@opentelemetry/instrumentation-http', version: '0.57.2' },
};

/** No cold start, former HTTP names, an alias-free ARN, and a status that stays unset for an answered 5xx. */
export const lambdaPython: Shape = {
  resource: (invocation) => ({
    ...lambdaResource(invocation),
    'telemetry.sdk.language': 'python',
    'telemetry.auto.version': '0.60b1',
    'faas.instance': instanceOf(invocation),
    ...ownership(invocation, currentEnvironmentKey),
  }),
  scope: { name: 'opentelemetry.instrumentation.aws_lambda', version: '0.60b1' },
  entry: (invocation) => {
    const { httpStatus, function: demoFunction } = invocation;
    const isHttp = demoFunction.trigger === 'http';
    return {
      ...entryOf(invocation, isThrown(invocation)),
      name: `${demoFunction.name}.handler`,
      attributes: {
        'faas.invocation_id': invocation.invocationId,
        'cloud.resource_id': arnOf(invocation, false),
        'cloud.account.id': demoFunction.account,
        ...(isHttp
          ? {
              'faas.trigger': 'http',
              'http.method': 'POST',
              'http.route': routeOf(invocation),
              'http.target': `/${demoFunction.name}/42`,
              'net.host.name': 'api.shop.example',
              'http.user_agent': 'Mozilla/5.0',
              'http.status_code': httpStatus,
            }
          : {}),
      },
    };
  },
  outgoing: (name, failed) => ({
    'http.method': 'POST',
    'http.url': `https://${name}.internal/`,
    'http.status_code': failed ? 503 : 200,
  }),
  outgoingScope: { name: 'opentelemetry.instrumentation.botocore', version: '0.60b1' },
};

/** An ARN under a key of its own; the error of a handler is not recorded. */
export const lambdaGo: Shape = {
  resource: (invocation) => ({
    ...lambdaResource(invocation),
    'cloud.platform': 'aws_lambda',
    'faas.instance': instanceOf(invocation),
    'faas.max_memory': invocation.function.memoryMb * bytesPerMb,
    ...ownership(invocation, currentEnvironmentKey),
  }),
  scope: {
    name: 'go.opentelemetry.io/contrib/instrumentation/github.com/aws/aws-lambda-go/otellambda',
    version: '0.63.0',
  },
  entry: (invocation) => ({
    ...entryOf(invocation, false),
    attributes: {
      'faas.invocation_id': invocation.invocationId,
      'aws.lambda.invoked_arn': arnOf(invocation, true),
      'cloud.account.id': invocation.function.account,
    },
  }),
  outgoing: (name, failed) => httpCall(name, failed ? 503 : 200),
  outgoingScope: { name: 'go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp', version: '0.63.0' },
};

/** Trigger, name and cold start on the span; the alias stripped from the ARN. */
export const lambdaDotnet: Shape = {
  resource: (invocation) => ({
    ...lambdaResource(invocation),
    'cloud.platform': 'aws_lambda',
    'telemetry.sdk.language': 'dotnet',
    'faas.instance': instanceOf(invocation),
    ...ownership(invocation, currentEnvironmentKey),
  }),
  scope: { name: 'OpenTelemetry.Instrumentation.AWSLambda', version: '1.13.0' },
  entry: (invocation) => {
    const isHttp = invocation.function.trigger === 'http';
    return {
      ...entryOf(invocation, isThrown(invocation)),
      attributes: {
        'faas.trigger': isHttp ? 'http' : 'other',
        'faas.coldstart': invocation.isCold,
        'faas.name': invocation.function.name,
        'faas.invocation_id': invocation.invocationId,
        'cloud.resource_id': arnOf(invocation, false),
        'cloud.account.id': invocation.function.account,
        ...(isHttp
          ? { 'http.request.method': 'POST', 'http.response.status_code': invocation.httpStatus }
          : {}),
      },
    };
  },
  outgoing: (name, failed) => httpCall(name, failed ? 503 : 200),
  outgoingScope: { name: 'System.Net.Http', version: '' },
};

/** The handler threw; an answered 5xx is a value like any other to Lambda. */
function isThrown({ outcome, function: { failsBy } }: DemoInvocation): boolean {
  return outcome === 'error' && failsBy === 'throwing';
}

function nodeEntry(invocation: DemoInvocation): Omit<Entry, 'attributes'> {
  const entry = entryOf(invocation, isThrown(invocation));
  if (invocation.function.trigger !== 'queue') return entry;
  const { parentSpanId: spanId, traceId, function: demoFunction } = invocation;
  const links = spanId === null ? [] : [{ context: { traceId, spanId, traceFlags: 1, isRemote: true } }];
  const queue = `${demoFunction.name}-queue`;
  return {
    ...entry,
    // The run begins a trace of its own; the message it handles links back.
    continuesTrace: false,
    message: {
      name: `process ${queue}`,
      attributes: {
        'faas.trigger': 'pubsub',
        'messaging.system': 'aws_sqs',
        'messaging.operation.type': 'process',
        'messaging.destination.name': queue,
        'messaging.batch.message_count': 1,
      },
      links,
    },
  };
}

function entryOf(invocation: DemoInvocation, isShownAsFailed: boolean): Omit<Entry, 'attributes'> {
  const { errorType: type, errorMessage: message, function: demoFunction } = invocation;
  return {
    name: demoFunction.name,
    kind: kinds.server,
    continuesTrace: true,
    failure: isShownAsFailed ? message : null,
    exception: isShownAsFailed ? { type, message } : null,
    message: null,
  };
}

function lambdaResource({ function: demoFunction, region, version }: DemoInvocation): Attributes {
  return {
    'service.name': demoFunction.name,
    'cloud.provider': 'aws',
    'cloud.region': region,
    'faas.name': demoFunction.name,
    'faas.version': version,
  };
}

function arnOf({ function: demoFunction, region, alias }: DemoInvocation, withAlias: boolean): string {
  const arn = `arn:aws:lambda:${region}:${demoFunction.account}:function:${demoFunction.name}`;
  return withAlias && alias !== '' ? `${arn}:${alias}` : arn;
}

/** The name of the log stream. */
function instanceOf({ startUs, version, instance }: DemoInvocation): string {
  const day = new Date(startUs / 1000).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${instance}`;
}

function urlOf({ function: { trigger, name } }: DemoInvocation): Attributes {
  return trigger === 'http' ? { 'url.full': `https://api.shop.example/${name}/42` } : {};
}

function httpCall(name: string, status: number): Attributes {
  return {
    'http.request.method': 'POST',
    'server.address': `${name}.internal`,
    'url.full': `https://${name}.internal/`,
    'http.response.status_code': status,
  };
}
