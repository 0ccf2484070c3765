import { foldFile } from './fold-file.js';
import type { StackFrame, StackReader } from './stack-frame.js';

const frame = /^\s*File "(.{1,1000}?)", line \d{1,9}, in (.{1,300})$/;
const foreign =
  /site-packages|dist-packages|\/var\/runtime\/|\/var\/lang\/|\/opt\/python\/|\/usr\/(?:local\/)?lib\/|^<frozen|\/lib\/python\d/;

/** Tracebacks: the call that failed stands last, and so does the exception that left, behind those that caused it. */
export const readPython: StackReader = (lines) => {
  const start = lines.findLastIndex((line) => line.startsWith('Traceback (most recent call last)'));
  const frames: StackFrame[] = [];
  for (const line of lines.slice(start + 1)) {
    const match = frame.exec(line);
    if (match === null) continue;
    const path = match[1] ?? '';
    frames.push({ file: foldFile(path), name: match[2] ?? '', isOwn: !foreign.test(path) });
  }
  return frames.reverse();
};
