import { createHash } from 'node:crypto';

export type DeploymentIdentity = {
  function: string;
  environment: string;
  version: string;
  region: string;
  at: Date;
};

/** The id of a posted deployment: posting it again, after a lost answer, says the same thing twice and counts once. */
export function deploymentId({
  function: name,
  environment,
  version,
  region,
  at,
}: DeploymentIdentity): string {
  const identity = JSON.stringify([name, environment, version, region, at.getTime()]);
  return `d${createHash('sha256').update(identity).digest('hex').slice(0, 24)}`;
}
