const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '`': '\\`',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};

/** Backslash escapes as ClickHouse reads them in quoted text and in its tab-separated format. */
export function escapeText(text: string): string {
  return text.replace(/[\\'\n\r\t\0]/g, (character) => escapes[character] ?? character);
}

/** A string literal. */
export function quoteString(text: string): string {
  return `'${escapeText(text)}'`;
}

/** A name of a column, table or database, whatever characters it has. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replace(/[\\`\n\r\t\0]/g, (character) => escapes[character] ?? character)}\``;
}
