/** Where the app shows the runbook of a rule. */
export function runbookPath(rule: string): string {
  return `/runbooks/${rule}`;
}
