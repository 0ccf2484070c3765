/** What stands inside an action: calls joined by pipes, each result the last argument of the next call. */
export type Pipeline = { commands: Command[] };
export type Command = [Operand, ...Operand[]];
export type Operand =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'function'; name: string }
  | { kind: 'dot'; path: string[] }
  | { kind: 'variable'; name: string; path: string[] }
  | { kind: 'group'; pipeline: Pipeline };

const lexemePattern =
  /\s*(?:("(?:\\.|[^"\\])*")|(`[^`]*`)|(-?\d+(?:\.\d+)?)|(\$\w*(?:\.\w+)*)|(\.(?:\w+(?:\.\w+)*)?)|([A-Za-z_]\w*)|([()|]))/y;

function lexemes(source: string): string[] {
  const found: string[] = [];
  lexemePattern.lastIndex = 0;
  while (lexemePattern.lastIndex < source.trimEnd().length) {
    const at = lexemePattern.lastIndex;
    const match = lexemePattern.exec(source);
    if (match === null) throw new Error(`cannot read "${source.slice(at).trim()}"`);
    found.push(match[0].trim());
  }
  return found;
}

export function parsePipeline(source: string): Pipeline {
  const rest = lexemes(source);
  const pipeline = takePipeline(rest);
  if (rest.length > 0) throw new Error(`"${rest.join(' ')}" is left over`);
  return pipeline;
}

function takePipeline(rest: string[]): Pipeline {
  const commands = [takeCommand(rest)];
  while (rest[0] === '|') {
    rest.shift();
    commands.push(takeCommand(rest));
  }
  return { commands };
}

function takeCommand(rest: string[]): Command {
  const first = takeOperand(rest);
  const others: Operand[] = [];
  while (rest.length > 0 && rest[0] !== '|' && rest[0] !== ')') others.push(takeOperand(rest));
  return [first, ...others];
}

function takeOperand(rest: string[]): Operand {
  const lexeme = rest.shift();
  if (lexeme === undefined) throw new Error('an operand is missing');
  if (lexeme === '(') {
    const pipeline = takePipeline(rest);
    if (rest.shift() !== ')') throw new Error('a parenthesis is not closed');
    return { kind: 'group', pipeline };
  }
  if (lexeme.startsWith('"')) return { kind: 'literal', value: String(JSON.parse(lexeme)) };
  if (lexeme.startsWith('`')) return { kind: 'literal', value: lexeme.slice(1, -1) };
  if (/^-?\d/.test(lexeme)) return { kind: 'literal', value: Number(lexeme) };
  if (lexeme.startsWith('$')) {
    const [name = '', ...path] = lexeme.slice(1).split('.');
    return { kind: 'variable', name, path };
  }
  if (lexeme.startsWith('.')) return { kind: 'dot', path: lexeme === '.' ? [] : lexeme.slice(1).split('.') };
  if (lexeme === 'true' || lexeme === 'false') return { kind: 'literal', value: lexeme === 'true' };
  if (lexeme === 'nil') return { kind: 'literal', value: null };
  return { kind: 'function', name: lexeme };
}
