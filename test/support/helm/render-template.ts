import type { Command, Operand, Pipeline } from './expression.js';
import { isEmpty, isRecord, templateFunctions } from './template-functions.js';
import type { TemplateNode } from './template-tree.js';

type Scope = { root: unknown; dot: unknown; variables: Map<string, unknown>[] };
export type Defines = ReadonlyMap<string, TemplateNode[]>;

/** Renders one template body. Stricter than Helm: a field that does not exist is an error, not an empty string. */
export function renderTemplate(body: TemplateNode[], defines: Defines, data: unknown): string {
  return renderNodes(body, { root: data, dot: data, variables: [new Map()] }, defines);
}

function renderNodes(nodes: TemplateNode[], scope: Scope, defines: Defines): string {
  return nodes.map((node) => renderNode(node, scope, defines)).join('');
}

function renderNode(node: TemplateNode, scope: Scope, defines: Defines): string {
  if (node.kind === 'text') return node.text;
  try {
    return renderAction(node, scope, defines);
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith('line ')) throw error;
    throw new Error(`line ${node.line}: ${error.message}`, { cause: error });
  }
}

function renderAction(node: Exclude<TemplateNode, { kind: 'text' }>, scope: Scope, defines: Defines): string {
  const inner = (dot: unknown, variables = new Map<string, unknown>()): Scope => ({
    ...scope,
    dot,
    variables: [...scope.variables, variables],
  });
  switch (node.kind) {
    case 'print':
      return printed(evaluate(node.pipeline, scope, defines));
    case 'assign':
      assign(node.variable, node.declares, evaluate(node.pipeline, scope, defines), scope);
      return '';
    case 'range': {
      const items = evaluate(node.over, scope, defines);
      if (!Array.isArray(items)) throw new Error('range needs a list');
      const bound = (item: unknown) => new Map(node.variable === null ? [] : [[node.variable, item]]);
      return items.map((item) => renderNodes(node.body, inner(item, bound(item)), defines)).join('');
    }
    default: {
      const value = evaluate(node.condition, scope, defines);
      if (isEmpty(value)) return renderNodes(node.otherwise, inner(scope.dot), defines);
      return renderNodes(node.then, inner(node.kind === 'with' ? value : scope.dot), defines);
    }
  }
}

function printed(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`cannot print ${JSON.stringify(value)}`);
}

function assign(name: string, declares: boolean, value: unknown, scope: Scope): void {
  const target = declares ? scope.variables.at(-1) : scope.variables.findLast((frame) => frame.has(name));
  if (target === undefined) throw new Error(`$${name} is assigned before it is declared`);
  target.set(name, value);
}

function evaluate(pipeline: Pipeline, scope: Scope, defines: Defines): unknown {
  const [first, ...others] = pipeline.commands;
  if (first === undefined) throw new Error('the action is empty');
  let value = run(first, [], scope, defines);
  for (const command of others) value = run(command, [value], scope, defines);
  return value;
}

function run([first, ...operands]: Command, piped: unknown[], scope: Scope, defines: Defines): unknown {
  if (first.kind !== 'function') {
    if (operands.length > 0 || piped.length > 0) throw new Error('only a function takes arguments');
    return operandValue(first, scope, defines);
  }
  const args = [...operands.map((operand) => operandValue(operand, scope, defines)), ...piped];
  return call(first.name, args, defines);
}

function call(name: string, args: unknown[], defines: Defines): unknown {
  if (name === 'include') {
    const body = defines.get(String(args[0]));
    if (body === undefined) throw new Error(`no template is named ${String(args[0])}`);
    return renderTemplate(body, defines, args[1]);
  }
  const known = templateFunctions[name];
  if (known === undefined) throw new Error(`the renderer has no function ${name}`);
  return known(...args);
}

function operandValue(operand: Operand, scope: Scope, defines: Defines): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'function':
      return call(operand.name, [], defines);
    case 'dot':
      return field(scope.dot, operand.path);
    case 'group':
      return evaluate(operand.pipeline, scope, defines);
    case 'variable': {
      if (operand.name === '') return field(scope.root, operand.path);
      const frame = scope.variables.findLast((variables) => variables.has(operand.name));
      if (frame === undefined) throw new Error(`$${operand.name} is not declared`);
      return field(frame.get(operand.name), operand.path);
    }
  }
}

function field(value: unknown, path: string[]): unknown {
  let found = value;
  for (const name of path) {
    if (!isRecord(found) || !(name in found)) throw new Error(`.${path.join('.')} does not exist`);
    found = found[name];
  }
  return found;
}
