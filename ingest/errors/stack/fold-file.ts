/** Where platforms and builders put the code; behind it the path is the author's own. */
const roots =
  /^(?:[a-z]:)?(?:\/?(?:var\/task|var\/runtime|home\/site\/wwwroot|vercel\/path\d+|usr\/src\/app|workspace|opt\/nodejs|github\/workspace|home\/runner\/work\/[^/]+\/[^/]+|function\/code|function|app|src|tmp\/build[^/]*|a\/\d+\/s)\/)+/i;
const schemes = /^(?:[a-z][a-z0-9+.-]{0,30}:\/{2,3}(?:\([a-z-]+\)\/)?|app:\/+)/i;
/** Folders that builds name anew, or that only some builds have. */
const passing =
  /^(?:\.|\.\.|\([a-z-]+\)|dist|build|out|lib|esm|cjs|\.next|\.nuxt|\.output|\.vercel|server|chunks|bundle|bundles|target|bin|release|releases|v?\d[\w.+-]*|[0-9a-f]{7,64}|[0-9a-f]{8}-[0-9a-f-]{27})$/i;
/** Folders kept in front of the file: enough to tell two files called index apart. */
const keptFolders = 1;
const longestPart = 80;

/** `C:\build\7f3a9c1\src\orders\handler-4f3e2d1c.js?v=3` and `/var/task/orders/handler.js` are both `orders/handler.js`. */
export function foldFile(path: string): string {
  const plain = path
    .replace(schemes, '')
    .split('\\')
    .join('/')
    .replace(/[?#].*$/s, '');
  const parts = plain
    .replace(roots, '')
    .split('/')
    .filter((part) => part !== '');
  const file = parts.pop() ?? '';
  const folders = parts.filter((part) => !passing.test(part)).slice(-keptFolders);
  return [...folders.map((part) => part.slice(0, longestPart)), foldFileName(file)].join('/');
}

/** Without hashes of contents and numbers of chunks: `main.3f2a9c1b.js` is `main.js`, `482.js` is `*.js`. */
function foldFileName(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  const stem = (dot > 0 ? name.slice(0, dot) : name).slice(0, longestPart);
  const kept = stem
    .split(/([._~-]+)/)
    .filter((part, index, parts) => {
      const isSeparator = index % 2 === 1;
      return !isMade(isSeparator ? (parts[index + 1] ?? '') : part);
    })
    .join('')
    .replace(/^[._~-]+|[._~-]+$/g, '');
  return (kept === '' ? '*' : kept) + extension;
}

/** True for what a build makes up: a number, hexadecimal, or letters and digits mixed as no word has them. */
function isMade(part: string): boolean {
  if (/^\d+$/.test(part)) return true;
  if (part.length < 6 || !/\d/.test(part)) return false;
  if (/^[0-9a-f]+$/i.test(part)) return true;
  return (
    part.length >= 8 &&
    /\d[a-z]/i.test(part) &&
    (/[a-z].*[A-Z]|[A-Z].*[a-z]/.test(part) || /\d.*\d/.test(part))
  );
}
