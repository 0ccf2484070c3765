import { z } from 'zod';

/** What an address given in the configuration may hold besides scheme, host and port. */
export type HttpUrlRules = { path: boolean; credentialsGoTo: string; pathGoesTo: string };

/** Null when it may be used. Never repeats the text: it may hold a password. */
function httpUrlProblem(text: string, rules: HttpUrlRules): string | null {
  if (!URL.canParse(text)) return 'must be an address such as "http://localhost:8123"';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `must start with http:// or https://, not ${url.protocol}//`;
  }
  if (url.username !== '' || url.password !== '') {
    return `must not hold a user or password; put them into ${rules.credentialsGoTo}`;
  }
  if (url.search !== '' || url.hash !== '') return 'must end before any "?" or "#"';
  if (!rules.path && url.pathname !== '/') return `must not hold a path; ${rules.pathGoesTo}`;
  return null;
}

export function httpUrl(rules: HttpUrlRules) {
  return z.string({ error: 'must be text such as "http://localhost:8123"' }).superRefine((text, context) => {
    const problem = httpUrlProblem(text, rules);
    if (problem !== null) context.addIssue(problem);
  });
}
