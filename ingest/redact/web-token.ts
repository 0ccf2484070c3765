/** Both parts of a token begin with `{"` in base64; the signature may be missing. */
const secondPart = '.eyJ';
const firstPart = /\beyJ[\w-]/;
const fromSecondPart = /\.eyJ[\w-]+(?:\.[\w-]*)?/y;
const letter = /[\w-]/;

/**
 * Replaces signed JSON web tokens. Goes by the dot between the parts and looks at what is before it once: one pattern
 * for all of it, tried from every letter, would take minutes for a megabyte of `eyJ-eyJ-eyJ-…`.
 */
export function replaceWebTokens(text: string, replacement: (token: string) => string): string {
  let replaced = '';
  let done = 0;
  for (
    let dot = text.indexOf(secondPart);
    dot !== -1;
    dot = text.indexOf(secondPart, Math.max(dot + 1, done))
  ) {
    let start = dot;
    while (start > done && letter.test(text.charAt(start - 1))) start--;
    const inRun = text.slice(start, dot).search(firstPart);
    fromSecondPart.lastIndex = dot;
    const rest = fromSecondPart.exec(text);
    if (inRun === -1 || rest === null) continue;
    const end = dot + rest[0].length;
    replaced += text.slice(done, start + inRun) + replacement(text.slice(start + inRun, end));
    done = end;
  }
  return replaced + text.slice(done);
}
