import { z } from 'zod';
import { errorKind, socketErrorKind } from './error-kind.js';
import { WarehouseError } from './warehouse-error.js';

/** The HTTP client strips "Code: N. DB::Exception:", and puts the number and the name beside the message as text. */
const Thrown = z.object({
  message: z.string(),
  code: z.union([z.string(), z.number()]).optional(),
  type: z.string().optional(),
});
type Thrown = z.infer<typeof Thrown>;

/** "Code: 60. DB::Exception: Unknown table x. (UNKNOWN_TABLE) (version 26.7…)", as both modes write it. */
const EngineMessage = /Code: (\d+)\. DB::Exception: ([\s\S]*)/;
const ErrorName = /\(([A-Z][A-Z0-9_]+)\)(?:\s*\(version[\s\S]*)?\s*$/;
const longestMessage = 600;

/** Whatever a driver threw, as the error the port promises; an error already typed passes through. */
export function warehouseError(thrown: unknown, queryId: string | null): WarehouseError {
  if (thrown instanceof WarehouseError) return thrown;
  const problem = Thrown.catch({ message: String(thrown) }).parse(thrown);
  const { message, code } = problem;
  const engine = readEngineProblem(problem);
  if (engine !== null) {
    return new WarehouseError(errorKind(engine.code), engine.message, {
      code: engine.code,
      queryId,
      cause: thrown,
    });
  }
  if (/^timeout error|socket hang up/i.test(message)) {
    return new WarehouseError('retryable', 'The server did not answer in time', { queryId, cause: thrown });
  }
  const kind = typeof code === 'string' ? socketErrorKind(code) : null;
  return new WarehouseError(kind ?? 'unavailable', shorten(message), { queryId, cause: thrown });
}

type EngineProblem = { code: number; message: string };

function readEngineProblem({ message, code, type }: Thrown): EngineProblem | null {
  const match = EngineMessage.exec(message);
  if (match !== null) return { code: Number(match[1]), message: withName(match[2] ?? '', null) };
  if (typeof code !== 'string' || !/^\d+$/.test(code)) return null;
  return { code: Number(code), message: withName(message, type ?? null) };
}

/** Puts the error's name first and drops the version and any stack. */
function withName(text: string, knownName: string | null): string {
  const body = text.split(/\n?,? ?Stack trace/)[0] ?? text;
  const name = knownName ?? ErrorName.exec(body)?.[1];
  const sentence = body
    .replace(ErrorName, '')
    .replace(/\(version .*$/s, '')
    .trim()
    .replace(/[.\s]+$/, '');
  return name === undefined ? shorten(sentence) : `${name}: ${shorten(sentence)}`;
}

function shorten(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`;
}
