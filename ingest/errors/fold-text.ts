/** Stands for whatever differs between two occurrences of one error. */
const folded = '…';

/** What is read of a message and what is kept of it, in UTF-16 units. The rest only lengthens lists. */
const maxRead = 4096;
const maxKept = 300;

/** Words with digits that mean the same every time. */
const plainWords = new Set(
  `s3 ec2 k8s http2 h2 oauth2 ipv4 ipv6 utf8 utf-8 utf16 utf-16 base64 md5 sha1 sha-1 sha256 sha-256 sha512 sha-512 x509
   x.509 int8 int16 int32 int64 uint8 uint32 uint64 float32 float64 log4j arm64 x86_64 es5 es6 latin1 route53 neo4j db2 oauth2.0`.split(
    /\s+/,
  ),
);

const closingQuotes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '`': '`',
  '“': '”',
  '‘': '’',
  '«': '»',
};

const word = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/uy;
/** Up to a blank or what encloses or parts; looked at as a whole, because only then a path or an address shows. */
const run = /[^\s'"`“”‘’«»()[\]{}<>,;|]+/uy;
const wordCharacter = /[\p{L}\p{N}]/u;
const digit = /\p{N}/u;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const longestWord = 64;

/**
 * A message without what makes each occurrence its own: numbers, ids, hexadecimal, addresses, e-mails, quoted values and
 * the parts of paths that vary become `…`. Every character is looked at a bounded number of times, whatever the text.
 */
export function foldText(text: string): string {
  const source = text.length > maxRead ? text.slice(0, maxRead) : text;
  const parts: string[] = [];
  /** Quotes of which no closing one follows, so that it is not looked for again. */
  const unclosed = new Set<string>();
  let kept = 0;
  let runEnd = 0;
  for (let at = 0; at < source.length && kept < maxKept; ) {
    const whole = at >= runEnd ? match(run, source, at) : null;
    if (whole !== null) runEnd = at + whole.length;
    const next =
      whole !== null && isPlace(whole)
        ? { text: foldPlace(whole), end: runEnd }
        : takeOne(source, at, unclosed);
    parts.push(next.text);
    kept += next.text.length;
    at = next.end;
  }
  return cut(joinFolded(parts.join('')).trim(), maxKept);
}

type Taken = { text: string; end: number };

function takeOne(source: string, at: number, unclosed: Set<string>): Taken {
  const character = source[at] ?? '';
  const closing = closingQuotes[character];
  if (closing !== undefined && !unclosed.has(character) && !wordCharacter.test(source[at - 1] ?? '')) {
    const end = closingAt(source, at + 1, closing);
    if (end === -1) unclosed.add(character);
    else return { text: end === at + 1 ? character + closing : character + folded + closing, end: end + 1 };
  }
  const plain = match(word, source, at);
  if (plain === null) return { text: /\s/.test(character) ? ' ' : character, end: at + 1 };
  const bare = plain.replace(/[._-]{1,8}$/, '');
  return bare === ''
    ? { text: plain, end: at + plain.length }
    : { text: foldWord(bare), end: at + bare.length };
}

/** Where a quotation ends: at a closing quote that no letter follows, so that "can't" ends none. */
function closingAt(source: string, from: number, closing: string): number {
  let end = source.indexOf(closing, from);
  while (end !== -1 && wordCharacter.test(source[end + 1] ?? '')) end = source.indexOf(closing, end + 1);
  return end;
}

function foldWord(text: string): string {
  if (text.length > longestWord) return folded;
  if (plainWords.has(text.toLowerCase())) return text;
  return digit.test(text) || uuid.test(text) ? folded : text;
}

/** Paths, URLs, e-mails and addresses of IPv6 or of hardware. */
function isPlace(text: string): boolean {
  if (text.includes('/') || text.includes('\\')) return true;
  if (isEmail(text)) return true;
  return text.length <= longestWord && /^[0-9a-f:.%]+$/i.test(text) && text.split(':').length > 2;
}

function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && at === text.lastIndexOf('@') && text.indexOf('.', at + 2) > 0;
}

function foldPlace(text: string): string {
  const end = text.length - (/[.:!?]{1,3}$/.exec(text)?.[0].length ?? 0);
  const place = text.slice(0, end);
  const isPath = /[/\\]/.test(place) && !place.includes('://');
  return (isPath ? foldPath(place) : folded) + text.slice(end);
}

/** `/users/42/orders` and `/users/43/orders` are one; what is no word in a segment is folded with it. */
function foldPath(path: string): string {
  const query = path.indexOf('?');
  const steps = query === -1 ? path : `${path.slice(0, query)}?${folded}`;
  return steps
    .split(/([/\\])/)
    .map((segment) =>
      digit.test(segment) || uuid.test(segment) || segment.length > longestWord ? folded : segment,
    )
    .join('');
}

/** `…:…`, `…, …, …` and `… …` are one: lists of ids have no fixed length. */
function joinFolded(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/…(?:[:.,+/=-]? ?…)+/g, folded);
}

function match(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}

/** At most so many units, and no half of a pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const unit = text.charCodeAt(length - 1);
  return text.slice(0, unit >= 0xd800 && unit <= 0xdbff ? length - 1 : length);
}
