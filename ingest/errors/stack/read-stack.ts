import { readDotNet } from './read-dotnet.js';
import { readGo } from './read-go.js';
import { readJvm } from './read-jvm.js';
import { readPython } from './read-python.js';
import { readRuby } from './read-ruby.js';
import { readV8 } from './read-v8.js';
import type { StackFrame, StackReader } from './stack-frame.js';

/** Asked in this order; the one that knows most lines is believed, the first of equals. */
const readers: readonly StackReader[] = [readV8, readJvm, readPython, readGo, readRuby, readDotNet];

/** Stacks begin or end with the frames that tell most; what lies between is recursion or the framework. */
const endLength = 8192;
const longestLine = 1024;

/** The frames of a stack of any known language, innermost first; none when it is no stack anybody knows. */
export function readStack(stack: string): StackFrame[] {
  const lines = bothEnds(stack)
    .split('\n')
    .map((line) => line.slice(0, longestLine).trimEnd());
  let best: StackFrame[] = [];
  for (const read of readers) {
    const frames = read(lines);
    if (frames.length > best.length) best = frames;
  }
  return best.filter((frame, index) => !isSame(frame, best[index - 1]));
}

/** Recursion is one frame, however deep it went this time. */
function isSame(frame: StackFrame, before: StackFrame | undefined): boolean {
  return before !== undefined && frame.file === before.file && frame.name === before.name;
}

/** At most so much of a stack as is read of it and kept. */
export function bothEnds(stack: string): string {
  if (stack.length <= endLength * 2) return stack;
  return `${stack.slice(0, endLength)}\n…\n${stack.slice(-endLength)}`;
}
