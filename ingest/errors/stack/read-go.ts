import { foldFile } from './fold-file.js';
import type { StackFrame, StackReader } from './stack-frame.js';

/** The function stands on one line, its file on the next, which begins with a tab. */
const place = /^\s+(.{1,1000}?\.(?:go|s)):\d{1,9}(?: \+0x[0-9a-f]+)?$/;
const foreign =
  /\/usr\/local\/go\/|\/go\/pkg\/mod\/|\/libexec\/|\/src\/runtime\/|@v\d|go\.opentelemetry\.io|aws-lambda-go/;
const longestName = 300;

export const readGo: StackReader = (lines) => {
  const frames: StackFrame[] = [];
  for (const [index, line] of lines.entries()) {
    const path = place.exec(line)?.[1];
    const call = lines[index - 1]?.trim() ?? '';
    if (path === undefined || call === '' || call.startsWith('goroutine ')) continue;
    const name = foldCall(call.slice(0, longestName));
    const isOwn = !foreign.test(path) && !/^(?:runtime|panic|reflect|net\/http)\b/.test(name);
    frames.push({ file: foldFile(path), name, isOwn });
  }
  return frames;
};

/** Without arguments, closures' numbers and the path of the package: `main.(*Store).Get.func1(0xc00)` is `main.(*Store).Get`. */
function foldCall(call: string): string {
  const bare = call.replace(/^created by /, '').replace(/ in goroutine \d+$/, '');
  const open = bare.endsWith(')') ? bare.lastIndexOf('(') : -1;
  const path = open > 0 ? bare.slice(0, open) : bare;
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(?:\.func\d+|\.\d+|-fm|\.gowrap\d+)+$/, '')
    .replace(/\[\.\.\.\]/g, '');
}
