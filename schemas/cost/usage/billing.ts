/** The rules by which a run becomes units on a bill; the text of the column `billing`. */
export const billings = [
  'aws-lambda',
  'aws-lambda-provisioned',
  'aws-lambda-edge',
  'gcp-gen1',
  'gcp-run',
  'azure-consumption',
  'azure-flex',
  'cloudflare',
  'vercel-fluid',
  'self-hosted',
] as const;
export type Billing = (typeof billings)[number];

const byPlatform: ReadonlyMap<string, Billing> = new Map<string, Billing>([
  ['aws_lambda', 'aws-lambda'],
  ['aws.lambda', 'aws-lambda'],
  ['gcp_cloud_functions', 'gcp-gen1'],
  ['gcp.cloud_functions', 'gcp-gen1'],
  ['gcp_cloud_run', 'gcp-run'],
  ['gcp.cloud_run', 'gcp-run'],
  ['azure_functions', 'azure-consumption'],
  ['azure.functions', 'azure-consumption'],
  ['cloudflare.workers', 'cloudflare'],
  ['vercel', 'vercel-fluid'],
  ['knative', 'self-hosted'],
  ['openfaas', 'self-hosted'],
]);

/** How a platform bills unless the configuration says otherwise; null when nothing is known of it. */
export function billingOf(platform: string): Billing | null {
  return byPlatform.get(platform) ?? null;
}
