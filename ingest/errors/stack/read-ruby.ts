import { foldFile } from './fold-file.js';
import type { StackFrame, StackReader } from './stack-frame.js';

/** `path.rb:12:in 'Class#method'`, with a backtick up to Ruby 3.3. */
const frame = /^\s*(?:from )?(.{1,1000}?\.(?:rb|ru|rake)):\d{1,9}:in [`'](.{1,300})'/;
const foreign = /\/gems\/|\/lib\/ruby\/|\/var\/runtime\/|\/var\/lang\/|<internal:/;

export const readRuby: StackReader = (lines) => {
  const frames: StackFrame[] = [];
  for (const line of lines) {
    const match = frame.exec(line);
    if (match === null) continue;
    const path = match[1] ?? '';
    const name = (match[2] ?? '').replace(/^(?:(?:block|rescue|ensure)(?: \(\d+ levels\))? in )+/, '');
    frames.push({
      file: foldFile(path),
      name: name.split(/[#.]/).at(-1) ?? name,
      isOwn: !foreign.test(path),
    });
  }
  return frames;
};
