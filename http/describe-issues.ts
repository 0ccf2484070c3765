import type { z } from 'zod';

const partNames: Record<string, string> = {
  querystring: 'query parameter',
  params: 'path parameter',
  headers: 'header',
  body: 'body field',
};
const wholeNames: Record<string, string> = {
  querystring: 'The query string',
  params: 'The path',
  headers: 'The headers',
  body: 'The body',
};
/** Values of fields named like this never come back in a message. */
const secretName = /key|secret|password|token|authorization/i;
const maxIssues = 5;

/** Says in one readable line which field is wrong, what was expected and what came. */
export function describeIssues(part: string, issues: readonly z.core.$ZodIssue[], input: unknown): string {
  const texts = issues.slice(0, maxIssues).map((issue) => describeIssue(part, issue, input));
  const hidden = issues.length - texts.length;
  return `${texts.join('; ')}${hidden > 0 ? `; and ${hidden} more` : ''}.`;
}

function describeIssue(part: string, issue: z.core.$ZodIssue, input: unknown): string {
  if (issue.code === 'invalid_union') {
    const nearest = nearestBranch(issue.errors);
    if (nearest !== null)
      return describeIssue(part, { ...nearest, path: [...issue.path, ...nearest.path] }, input);
  }
  const place =
    issue.path.length === 0
      ? (wholeNames[part] ?? part)
      : `The ${partNames[part] ?? part} "${pathText(issue.path)}"`;
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ');
    return `${place} has ${issue.keys.length === 1 ? 'a field' : 'fields'} nobody reads: ${names}`;
  }
  const came = cameText(issue.path, input);
  const expectation = expectationText(issue);
  return came === null
    ? `${place} is missing: ${expectation}`
    : `${place} is not right: ${expectation}, got ${came}`;
}

/** The branch of a union that got furthest is most likely the one that was meant. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | null {
  const firsts = branches.flatMap((branch) => branch.slice(0, 1));
  return firsts.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

function expectationText(issue: z.core.$ZodIssue): string {
  // zod's own sentences start with "Invalid input: " and say what was received; we say that ourselves, with the value.
  return issue.message
    .replace(/^(Invalid input|Invalid option|Too big|Too small): /, '')
    .replace(/, received .*$/, '');
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}

function cameText(path: readonly PropertyKey[], input: unknown): string | null {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = Reflect.get(value, step);
  }
  if (value === undefined || (value === null && path.length === 0)) return null;
  if (path.some((step) => secretName.test(String(step)))) return 'a value not repeated here';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
