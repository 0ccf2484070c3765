import { createHash } from 'node:crypto';
import { cut, foldText } from './fold-text.js';
import { readStack } from './stack/read-stack.js';
import type { StackFrame } from './stack/stack-frame.js';

/** An error as its sender tells it; what it does not tell is ''. */
export type RaisedError = { readonly type: string; readonly message: string; readonly stack: string };

/** What all occurrences of one error share. */
export type ErrorGroup = {
  readonly hashLo: number;
  readonly hashHi: number;
  readonly type: string;
  /** What it says, without what makes each occurrence its own. */
  readonly message: string;
  /** For reading: `TypeError: Cannot read properties of undefined (reading '…') in handler.ts resolve`. */
  readonly title: string;
  /** Where it came from: the file and function of the innermost frame of the author's own, else the function that ran. */
  readonly culprit: string;
};

/** Frames that count. Fewer than most stacks have, so that a change far from the fault leaves the group as it is. */
const countedFrames = 5;
const longestType = 200;
const longestCulprit = 200;
const longestTitle = 500;

/** The group of an error raised in a function. Equal errors of any deploy and any run have the same one. */
export function groupOf(error: RaisedError, functionName: string): ErrorGroup {
  const frames = readStack(error.stack);
  const own = frames.filter(({ isOwn }) => isOwn);
  const counted = (own.length > 0 ? own : frames).slice(0, countedFrames);
  const [top] = counted;
  const type = foldType(error.type) || typeInStack(error.stack) || 'Error';
  const message = foldText(error.message);
  const culprit = cut(top === undefined ? functionName : culpritOf(top), longestCulprit);
  // Without a frame only the function tells two errors apart that say the same.
  const places = top === undefined ? [functionName] : counted.map(({ file, name }) => `${file}\u0001${name}`);
  const digest = createHash('sha256')
    .update([type, message, ...places].join('\u0000'))
    .digest();
  const said = message === '' || message === type ? type : `${type}: ${message}`;
  return {
    hashLo: digest.readUInt32LE(0),
    hashHi: digest.readUInt32LE(4),
    type,
    message,
    title: cut(culprit === '' ? said : `${said} in ${culprit}`, longestTitle),
    culprit,
  };
}

/** The file without its folders, or the class without its package. */
function culpritOf({ file, name }: StackFrame): string {
  const last = file.slice(file.lastIndexOf('/') + 1);
  const isFile = /\.[a-z]{1,4}$/.test(last);
  return `${isFile ? last : last.slice(last.lastIndexOf('.') + 1)} ${name}`.trim();
}

/** A status is named as one. Types are names; object ids after them are not. */
function foldType(type: string): string {
  if (/^[1-5]\d\d$/.test(type)) return `HTTP ${type}`;
  return cut(type.trim(), longestType)
    .replace(/@[0-9a-f]{4,16}$/i, '')
    .replace(/0x[0-9a-f]+/gi, '…');
}

/** V8 and the JVM name the type in front of the message, Python on the last line. */
function typeInStack(stack: string): string {
  const named = /^([\w$.]{1,200}(?:Error|Exception|Failure|Fault))\b/m.exec(cut(stack, 4096));
  return named?.[1] ?? '';
}
