import type { RedactionRule } from '../../schemas/redaction-rule.js';
import { replaceCards } from './card-number.js';
import { replaceWebTokens } from './web-token.js';

type Replace = (text: string, replacement: (found: string) => string) => string;

type ValueRule = {
  readonly name: RedactionRule;
  /** Texts in lower case of which one is in every match: without them no value is looked at. */
  readonly needles: readonly string[];
  readonly replace: Replace;
};

const matching =
  (pattern: RegExp): Replace =>
  (text, replacement) =>
    text.replace(pattern, replacement);

/** What is replaced inside any text. */
export const valueRules: readonly ValueRule[] = [
  {
    name: 'private-keys',
    needles: ['private key-----'],
    replace: matching(
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/gi,
    ),
  },
  {
    name: 'bearer-tokens',
    needles: ['bearer', 'basic'],
    replace: matching(/\b(?:bearer|basic)\s+[\w.~+/-]{8,}=*/gi),
  },
  { name: 'aws-keys', needles: ['akia', 'asia'], replace: matching(/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g) },
  { name: 'jwts', needles: ['.eyj'], replace: replaceWebTokens },
  // Found by their digits.
  { name: 'cards', needles: [], replace: replaceCards },
  // Only from where a name begins: tried from each of its letters, a long one without a host would take seconds.
  {
    name: 'emails',
    needles: ['@'],
    replace: matching(/(?<![\w.%+-])[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi),
  },
];

/** A key with one of these words in it names a secret. */
export const secretKeyWords: readonly string[] = [
  'authorization',
  'cookie',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'api-key',
  'api_key',
  'api.key',
  'credential',
  'credentials',
  'private_key',
  'access_key',
];

/** Named by the semantic conventions for something that is no secret. */
const harmlessKeys: ReadonlySet<string> = new Set(['gen_ai.token.type', 'aws.secretsmanager.secret.arn']);

/**
 * Whether a key names a secret: `accessToken`, `http.request.header.x-api-key` and `DB_PASSWORD` do; `input_tokens` and
 * `secretary`, where the word goes on, do not.
 */
export function keyTest(words: readonly string[]): (key: string) => boolean {
  // Longest first, so that the end of the whole word is looked at.
  const alternatives = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  const pattern = new RegExp(`(?:${alternatives})`, 'gi');
  return (key) => {
    if (words.length === 0 || harmlessKeys.has(key)) return false;
    for (const match of key.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const isUpperCase = match[0] === match[0].toUpperCase();
      if (!(isUpperCase ? /[A-Za-z]/ : /[a-z]/).test(key.charAt(end))) return true;
    }
    return false;
  };
}
