export type Directive = { section: string; name: string; value: string };

/** A unit file as a flat list: directives may repeat, and an empty value resets a list. */
export function parseSystemdUnit(text: string): Directive[] {
  const found: Directive[] = [];
  let section = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const [, opened] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (opened !== undefined) {
      section = opened;
      continue;
    }
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(`line ${index + 1}: "${line}" is not a directive`);
    found.push({ section, name, value });
  }
  return found;
}
