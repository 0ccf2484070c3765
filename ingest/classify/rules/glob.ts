/** Whether a text is like the pattern, where `*` stands for any characters and `?` for one. Case matters. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let resumeAt = 0;
  // The last star takes one character more whenever what follows it does not fit, so the work stays bounded.
  while (inText < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++;
      resumeAt = inText;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[inText])) {
      at++;
      inText++;
    } else if (star !== -1) {
      at = star + 1;
      inText = ++resumeAt;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, text));
}
