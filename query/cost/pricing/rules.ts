/** How usage becomes the quantity of each line, in one sentence; shown with every amount. */
const sentences: Readonly<Record<string, string>> = {
  'aws/lambda/duration':
    'each run rounded up to 1 ms, start included since 2025-08-01, times memory in GB of 1024 MB',
  'aws/lambda/provisioned-duration': 'each run on provisioned concurrency rounded up to 1 ms, times memory',
  'aws/lambda/requests':
    'one a run; of asynchronous events one for 256 KB and one for each further 64 KB begun',
  'aws/lambda/provisioned-concurrency':
    'configured concurrency times memory times enabled time, rounded up to 5 minutes',
  'aws/lambda/ephemeral-storage': 'billed seconds times storage beyond 512 MB in GB, not weighed by memory',
  'aws/lambda/snapstart-cache': 'memory times cached time of each published version, at least 3 hours',
  'aws/lambda/snapstart-restore': 'memory of each restored environment',
  'aws/lambda/response-streaming': 'streamed bytes beyond 6 MB of each response',
  'aws/lambda-at-edge/duration': 'each run rounded up to 1 ms, times memory',
  'aws/lambda-at-edge/requests': 'one a run',
  'gcp/cloud-functions-gen1/memory': 'each run rounded up to 100 ms, times memory',
  'gcp/cloud-functions-gen1/cpu': 'each run rounded up to 100 ms, times the GHz of its memory size',
  'gcp/cloud-functions-gen1/invocations': 'one a run, whatever its outcome',
  'gcp/cloud-run-request-based/cpu-active':
    'time in which an instance starts or serves, up to 100 ms, times vCPU',
  'gcp/cloud-run-request-based/memory-active':
    'time in which an instance starts or serves, up to 100 ms, times memory',
  'gcp/cloud-run-request-based/requests': 'one a run',
  'azure/functions-consumption/execution-time':
    'each run of at least 100 ms, to 1 ms, times observed memory rounded up to 128 MB',
  'azure/functions-consumption/executions': 'one a run',
  'azure/functions-flex-consumption/on-demand-execution-time':
    'active time of at least 1 s, to 100 ms, times memory of the instance',
  'azure/functions-flex-consumption/executions': 'one a run',
  'cloudflare/workers-standard/requests': 'one a run; what a Worker asks of others is free',
  'cloudflare/workers-standard/cpu': 'CPU time; waiting is free',
  'cloudflare/workers-standard/subscription': 'a month',
  'vercel/functions-fluid/active-cpu': 'CPU time; waiting is free',
  'vercel/functions-fluid/provisioned-memory': 'time in which an instance serves, times memory',
  'vercel/functions-fluid/invocations': 'one a run, whatever its outcome',
  'self-hosted/kubernetes-default/cpu': 'running time times vCPU',
  'self-hosted/kubernetes-default/memory': 'running time times memory',
};

export function ruleOf({
  provider,
  product,
  dimension,
}: {
  provider: string;
  product: string;
  dimension: string;
}): string {
  return sentences[`${provider.replace('aws-china', 'aws')}/${product}/${dimension}`] ?? 'quantity as given';
}
