/** The programs that send the telemetry of the fleet: platform, SDK and generation. */
export const senderNames = [
  'lambda-node-old',
  'lambda-node',
  'lambda-python',
  'lambda-go',
  'lambda-dotnet',
  'azure-host',
  'gcp-functions',
  'gcp-run',
  'cloudflare',
  'knative',
] as const;
export type SenderName = (typeof senderNames)[number];

/** Who bills, and by which rule; `self-hosted` is paid for by allocation and not by run. */
export type Billing =
  | 'aws-lambda'
  | 'azure-consumption'
  | 'gcp-gen1'
  | 'gcp-run'
  | 'cloudflare'
  | 'self-hosted';

/** What a sender's traces can and cannot tell. Sources: docs/demo.md. */
export type SenderFacts = {
  /** As `cloud.provider`; '' when the sender names none. */
  provider: string;
  billing: Billing;
  encoding: 'protobuf' | 'json';
  by: 'http' | 'grpc';
  userAgent: string;
  /** The spans say which runs were cold starts. */
  showsCold: boolean;
  /** The spans say that a handler threw. */
  showsThrown: boolean;
  /** The spans carry the HTTP status, so that an answered 5xx is seen as an error. */
  showsHttpStatus: boolean;
  /** A run the platform ended for time or memory still leaves a span. */
  showsTimeout: boolean;
  showsOom: boolean;
};

const lambda = {
  provider: 'aws',
  billing: 'aws-lambda',
  by: 'http',
  showsCold: true,
  showsThrown: true,
  showsHttpStatus: false,
  showsTimeout: false,
  showsOom: false,
} as const;

export const senders: Readonly<Record<SenderName, SenderFacts>> = {
  'lambda-node-old': { ...lambda, encoding: 'json', userAgent: 'OTel-OTLP-Exporter-JavaScript/0.57.2' },
  'lambda-node': { ...lambda, encoding: 'protobuf', userAgent: 'OTel-OTLP-Exporter-JavaScript/0.223.0' },
  'lambda-python': {
    ...lambda,
    encoding: 'protobuf',
    userAgent: 'OTel-OTLP-Exporter-Python/1.38.0',
    showsCold: false,
    showsHttpStatus: true,
  },
  'lambda-go': {
    ...lambda,
    encoding: 'protobuf',
    userAgent: 'OTel OTLP Exporter Go/1.38.0',
    showsCold: false,
    showsThrown: false,
  },
  'lambda-dotnet': {
    ...lambda,
    encoding: 'protobuf',
    userAgent: 'OTel-OTLP-Exporter-Dotnet/1.13.0',
    showsHttpStatus: true,
  },
  'azure-host': {
    provider: 'azure',
    billing: 'azure-consumption',
    by: 'http',
    encoding: 'protobuf',
    userAgent: 'OTel-OTLP-Exporter-Dotnet/1.12.0',
    showsCold: true,
    showsThrown: true,
    showsHttpStatus: true,
    showsTimeout: true,
    showsOom: false,
  },
  'gcp-functions': gcp('gcp-gen1'),
  'gcp-run': gcp('gcp-run'),
  cloudflare: {
    provider: 'cloudflare',
    billing: 'cloudflare',
    by: 'http',
    encoding: 'json',
    userAgent: 'Cloudflare-Workers-Observability',
    showsCold: true,
    showsThrown: true,
    showsHttpStatus: true,
    showsTimeout: true,
    showsOom: true,
  },
  knative: {
    provider: '',
    billing: 'self-hosted',
    by: 'grpc',
    encoding: 'protobuf',
    userAgent: 'OTel-OTLP-Exporter-Java/1.55.0',
    showsCold: false,
    showsThrown: true,
    showsHttpStatus: true,
    showsTimeout: false,
    showsOom: false,
  },
};

function gcp(billing: 'gcp-gen1' | 'gcp-run'): SenderFacts {
  return {
    provider: 'gcp',
    billing,
    by: billing === 'gcp-run' ? 'grpc' : 'http',
    encoding: billing === 'gcp-run' ? 'protobuf' : 'json',
    userAgent: 'OTel-OTLP-Exporter-JavaScript/0.223.0',
    showsCold: false,
    showsThrown: true,
    showsHttpStatus: true,
    showsTimeout: false,
    showsOom: false,
  };
}
