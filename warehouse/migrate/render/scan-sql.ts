/** What a migration file is made of. Quoted text is opaque: a `;`, a `--` or a `{{` in it means nothing. */
export type SqlToken = { kind: 'code' | 'quoted' | 'comment' | 'macro' | 'end'; text: string };

// ClickHouse's own lexer: '…', "…" and `…` take both backslash escapes and doubled quotes, $tag$…$tag$ is a heredoc,
// comments start with `--`, `#!` or `# ` (to the end of the line) or stand in /* */, which does not nest.
const patterns: readonly { kind: SqlToken['kind']; pattern: RegExp }[] = [
  { kind: 'quoted', pattern: /'(?:\\[\s\S]|''|[^'\\])*'/y },
  { kind: 'quoted', pattern: /"(?:\\[\s\S]|""|[^"\\])*"/y },
  { kind: 'quoted', pattern: /`(?:\\[\s\S]|``|[^`\\])*`/y },
  { kind: 'quoted', pattern: /(\$\w*\$)[\s\S]*?\1/y },
  { kind: 'comment', pattern: /(?:--|#!|# )[^\n]*/y },
  { kind: 'comment', pattern: /\/\*[\s\S]*?\*\//y },
  { kind: 'macro', pattern: /\{\{[^{}]*\}\}/y },
  { kind: 'end', pattern: /;/y },
  { kind: 'code', pattern: /\w+|\s+/y },
];

// Anything that opens one of the forms above but did not match has no end.
const opened = /['"`]|\/\*|\{\{/y;

class SqlScanError extends Error {
  override readonly name = 'SqlScanError';
}

/** Cuts a file into tokens whose texts, joined, are the file again. */
export function scanSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    const last = tokens.at(-1);
    if (token.kind === 'code' && last?.kind === 'code') last.text += token.text;
    else tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): SqlToken {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = at;
    const [match] = pattern.exec(text) ?? [];
    if (match !== undefined) return { kind, text: match };
  }
  opened.lastIndex = at;
  const [opener] = opened.exec(text) ?? [];
  if (opener !== undefined) {
    const line = text.slice(0, at).split('\n').length;
    throw new SqlScanError(`line ${line} opens ${opener} and never closes it`);
  }
  return { kind: 'code', text: text.charAt(at) };
}

/** Groups tokens into statements at each `;`, comments taken out; a part with nothing but space is no statement. */
export function splitStatements(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  const close = () => {
    if (current.some(({ text }) => text.trim() !== '')) statements.push(current.map(tidy));
    current = [];
  };
  for (const token of tokens) {
    const text = token.kind === 'comment' ? ' ' : token.text;
    const last = current.at(-1);
    if (token.kind === 'end') close();
    else if (token.kind === 'quoted' || token.kind === 'macro') current.push(token);
    else if (last?.kind === 'code') last.text += text;
    else current.push({ kind: 'code', text });
  }
  close();
  return statements;
}

// What a removed comment leaves behind: space at line ends, empty lines.
function tidy({ kind, text }: SqlToken): SqlToken {
  return kind === 'code'
    ? { kind, text: text.replace(/[ \t]+\n/g, '\n').replace(/\n{2,}/g, '\n') }
    : { kind, text };
}
