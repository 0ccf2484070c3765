import type { StackFrame, StackReader } from './stack-frame.js';

/** `at Namespace.Class.Method[T](Type name) in C:\src\File.cs:line 12`. */
const frame =
  /^\s*at ([^\s(]{1,500})\((?![\w$-]{1,200}\.\w{1,10}(?::\d{1,9})?\)|Native Method|Unknown Source)[^)]{0,1000}\)(?: in .{1,1000})?$/;
const foreign =
  /^(?:System|Microsoft|Amazon|Azure|Newtonsoft|Npgsql|OpenTelemetry|Grpc|Polly|MediatR|AWSSDK|lambda_method)(?:\.|$)/;

export const readDotNet: StackReader = (lines) => {
  const frames: StackFrame[] = [];
  for (const line of lines) {
    const call = frame.exec(line)?.[1];
    if (call === undefined) continue;
    const path = foldCall(call);
    const dot = path.lastIndexOf('.');
    if (dot <= 0) continue;
    frames.push({ file: path.slice(0, dot), name: path.slice(dot + 1), isOwn: !foreign.test(call) });
  }
  return frames;
};

/** What the compiler makes of async methods, iterators, lambdas and local functions, back to the name in the source. */
function foldCall(call: string): string {
  return call
    .replace(/[`[].{0,300}$/, '')
    .replace(/\.<(\w+)>d(?:__\d+)?\.MoveNext$/, '.$1')
    .replace(/[.+]<>c(?:__DisplayClass[\d_]+)?(?=\.)/g, '')
    .replace(/\.<(\w+)>[bg]__[\w|]+$/, '.$1')
    .replace(/[.+]<(\w+)>d(?:__\d+)?$/, '.$1');
}
