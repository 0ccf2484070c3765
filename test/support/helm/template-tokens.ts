/** A template is text with actions between double braces; comments are gone and trim markers already applied. */
export type TemplateToken = { kind: 'text'; text: string } | { kind: 'action'; source: string; line: number };

const actionPattern = /\{\{(- )?((?:"(?:\\.|[^"\\])*"|`[^`]*`|(?!\}\}).)*?)( -)?\}\}/gs;

/** Go's rules: "{{- " eats the white space before it, " -}}" the white space after it, a comment is all of its action. */
export function templateTokens(template: string): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let position = 0;
  let trimNext = false;
  const pushText = (raw: string, trimEnd: boolean) => {
    const start = trimNext ? raw.trimStart() : raw;
    const text = trimEnd ? start.trimEnd() : start;
    if (text !== '') tokens.push({ kind: 'text', text });
  };
  for (const match of template.matchAll(actionPattern)) {
    const [whole, leftTrim, body = '', rightTrim] = match;
    const line = template.slice(0, match.index).split('\n').length;
    pushText(template.slice(position, match.index), leftTrim !== undefined);
    position = match.index + whole.length;
    trimNext = rightTrim !== undefined;
    if (body.trimStart().startsWith('/*')) {
      if (!body.startsWith('/*') || !body.endsWith('*/'))
        throw new Error(`line ${line}: a comment must fill its action`);
      continue;
    }
    tokens.push({ kind: 'action', source: body.trim(), line });
  }
  const rest = template.slice(position);
  if (rest.includes('{{')) throw new Error('an action is not closed');
  pushText(rest, false);
  return tokens;
}
