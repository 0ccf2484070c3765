import { foldFile } from './fold-file.js';
import type { StackFrame, StackReader } from './stack-frame.js';

/** `at name (place:line:column)`, or `at place:line:column`. */
const placed = /^\s*at (?:(.{1,300}?) \()?(.{1,1000}?):\d{1,9}:\d{1,9}\)?$/;
/** `at Array.map (<anonymous>)` and `(native)`. */
const builtIn = /^\s*at (.{1,300}?) \((?:<anonymous>|native|index \d+)\)$/;
const foreign =
  /node:|node_modules|^internal\/|\/var\/runtime\/|^evalmachine|\/\.yarn\/|^wasm:|^ext:|^deno:|^bun:|webpack\/bootstrap/;
/** What V8 puts in front of a function stored in an object of no class. */
const receivers =
  /^(?:async |new |Object\.|Module\.|exports\.|Function\.|Runtime\.|Proxy\.|global\.|process\.|undefined\.)+/;

/** Node, Deno, Bun, Workers and browsers of the same engine. */
export const readV8: StackReader = (lines) => {
  const frames: StackFrame[] = [];
  for (const line of lines) {
    const match = placed.exec(line);
    if (match !== null) {
      const place = match[2] ?? '';
      frames.push({ file: foldFile(place), name: foldName(match[1] ?? ''), isOwn: !foreign.test(place) });
      continue;
    }
    const inner = builtIn.exec(line);
    if (inner !== null) frames.push({ file: '', name: foldName(inner[1] ?? ''), isOwn: false });
  }
  return frames;
};

/** Bundlers number functions of one name, and minifiers give names of one or two letters that the next build changes. */
function foldName(name: string): string {
  const own = name.replace(/ \[as .{1,200}\]$/, '').replace(receivers, '');
  const parts = own.split('.').map((part) => part.replace(/\$?\d+$/, ''));
  const kept = parts.filter((part) => part.length > 2);
  return kept.length === 0 ? '<anonymous>' : kept.join('.');
}
