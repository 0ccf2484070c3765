import type { StackFrame, StackReader } from './stack-frame.js';

/** `at [loader/][module/]package.Class.method(Class.java:12)`. */
const frame =
  /^\s*at (?:[\w.@-]{0,100}\/){0,2}([\w.$<>/]{1,400})\.([\w$<>-]{1,200})\((?:([\w$-]{1,200}\.\w{1,10})(?::\d{1,9})?|Native Method|Unknown Source)\)/;
const foreign =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|clojure|com\.amazonaws|software\.amazon|com\.google\.cloud\.functions|com\.microsoft\.azure|io\.opentelemetry|org\.springframework|reactor|io\.netty|io\.micronaut|io\.quarkus|org\.apache|org\.hibernate|com\.zaxxer|lambdainternal)[./]/;

/** Java, Kotlin and Scala: the exception that left stands first, its causes behind it. */
export const readJvm: StackReader = (lines) => {
  const frames: StackFrame[] = [];
  for (const line of lines) {
    if (frames.length > 0 && /^\s*(?:Caused by|Suppressed): /.test(line)) break;
    const match = frame.exec(line);
    if (match === null) continue;
    const type = match[1] ?? '';
    frames.push({
      file: foldClass(type),
      name: foldMethod(match[2] ?? ''),
      isOwn: !foreign.test(type) && !/\$Proxy\d|GeneratedMethodAccessor/.test(type),
    });
  }
  return frames;
};

/** Proxies, lambdas and anonymous classes carry numbers and hashes that each build deals out anew. */
function foldClass(type: string): string {
  return type
    .replace(/\$\$.*$/, '')
    .replace(/\$\d+/g, '')
    .replace(/(?:Proxy|Accessor)\d+/g, (made) => made.replace(/\d+/, ''));
}

function foldMethod(name: string): string {
  const inner = /^lambda\$(\w+)\$\d+$/.exec(name)?.[1];
  return inner ?? name.replace(/\$\d+/g, '');
}
