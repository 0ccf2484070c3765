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
