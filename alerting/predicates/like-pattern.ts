/** A glob (`*` any text, `?` any one character) as LIKE knows it. */
export function likePattern(glob: string): string {
  return glob
    .replace(/[%_\\]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}
