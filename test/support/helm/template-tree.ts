import { type Pipeline, parsePipeline } from './expression.js';
import { type TemplateToken, templateTokens } from './template-tokens.js';

export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'print'; pipeline: Pipeline; line: number }
  | { kind: 'assign'; variable: string; declares: boolean; pipeline: Pipeline; line: number }
  | {
      kind: 'if' | 'with';
      condition: Pipeline;
      then: TemplateNode[];
      otherwise: TemplateNode[];
      line: number;
    }
  | { kind: 'range'; variable: string | null; over: Pipeline; body: TemplateNode[]; line: number };

export type ParsedTemplate = { body: TemplateNode[]; defines: Map<string, TemplateNode[]> };

const blockEnds = /^(end|else\b.*)$/;

/** Reads one file: its own body, and the named templates it defines. */
export function parseTemplate(template: string): ParsedTemplate {
  const rest = templateTokens(template);
  const defines = new Map<string, TemplateNode[]>();
  const body = takeNodes(rest, defines);
  const stray = rest[0];
  if (stray !== undefined)
    throw new Error(`"${stray.kind === 'action' ? stray.source : stray.text}" closes nothing`);
  return { body, defines };
}

function takeNodes(rest: TemplateToken[], defines: Map<string, TemplateNode[]>): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (let token = rest[0]; token !== undefined; token = rest[0]) {
    if (token.kind === 'action' && blockEnds.test(token.source)) return nodes;
    rest.shift();
    if (token.kind === 'text') nodes.push(token);
    else nodes.push(...takeAction(token.source, token.line, rest, defines));
  }
  return nodes;
}

function takeAction(
  source: string,
  line: number,
  rest: TemplateToken[],
  defines: Map<string, TemplateNode[]>,
): TemplateNode[] {
  const [, keyword = '', operand = ''] = /^(\w+)\s*(.*)$/s.exec(source) ?? [];
  if (keyword === 'define') {
    defines.set(String(JSON.parse(operand)), takeNodes(rest, defines));
    takeEnd(rest, line);
    return [];
  }
  if (keyword === 'if' || keyword === 'with') return [takeCondition(keyword, operand, line, rest, defines)];
  if (keyword === 'range') {
    const [, variable = null, over = operand] = /^\$(\w+)\s*:=\s*(.*)$/s.exec(operand) ?? [];
    const body = takeNodes(rest, defines);
    takeEnd(rest, line);
    return [{ kind: 'range', variable, over: parsePipeline(over), body, line }];
  }
  const assignment = /^\$(\w+)\s*(:?=)\s*(.*)$/s.exec(source);
  if (assignment !== null) {
    const [, variable = '', operator, value = ''] = assignment;
    return [{ kind: 'assign', variable, declares: operator === ':=', pipeline: parsePipeline(value), line }];
  }
  return [{ kind: 'print', pipeline: parsePipeline(source), line }];
}

function takeCondition(
  kind: 'if' | 'with',
  operand: string,
  line: number,
  rest: TemplateToken[],
  defines: Map<string, TemplateNode[]>,
): TemplateNode {
  const condition = parsePipeline(operand);
  const then = takeNodes(rest, defines);
  const next = rest[0];
  const [, chained = null] = next?.kind === 'action' ? (/^else if (.*)$/s.exec(next.source) ?? []) : [];
  if (chained !== null) {
    rest.shift();
    return { kind, condition, then, otherwise: [takeCondition('if', chained, line, rest, defines)], line };
  }
  let otherwise: TemplateNode[] = [];
  if (next?.kind === 'action' && next.source === 'else') {
    rest.shift();
    otherwise = takeNodes(rest, defines);
  }
  takeEnd(rest, line);
  return { kind, condition, then, otherwise, line };
}

function takeEnd(rest: TemplateToken[], openedOnLine: number): void {
  const token = rest.shift();
  if (token?.kind !== 'action' || token.source !== 'end')
    throw new Error(`line ${openedOnLine}: the block has no end`);
}
