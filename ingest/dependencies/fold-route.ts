/** Steps of a path that are kept; deeper ones are the other side's own affair. */
const keptSteps = 6;
const longestStep = 32;
/** Steps with a digit that are a name: versions of an API, and what is called so. */
const named = /^(?:v\d{1,3}(?:\.\d{1,3})?|\d{4}-\d{2}-\d{2}|s3|oauth2|k8s|web3|h2|ec2)$/i;

/** `/v2/customers/8812/orders` becomes `/v2/customers/{id}/orders`: a path as its server would write the route. */
export function foldRoute(path: string): string {
  const end = path.search(/[?#;]/);
  const steps = (end === -1 ? path : path.slice(0, end))
    .split('/', keptSteps + 3)
    .filter((step) => step !== '');
  const kept = steps.slice(0, keptSteps).map((step) => (isVariable(step) ? '{id}' : step));
  return `/${kept.join('/')}${steps.length > keptSteps ? '/…' : ''}`;
}

function isVariable(step: string): boolean {
  if (step.length > longestStep || step.includes('@') || step.includes('%')) return true;
  return /\d/.test(step) && !named.test(step);
}
