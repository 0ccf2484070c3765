const wildcards = new Set(['0.0.0.0', '[::]']);

/** "Every address" is nothing to send to: whoever reads the page reached this machine by a name, which works for senders too. */
export function reachableUrl(url: string, pageHostname: string): string {
  const parsed = new URL(url);
  if (!wildcards.has(parsed.hostname)) return url;
  parsed.hostname = pageHostname;
  return parsed.href.replace(/\/$/, '');
}
