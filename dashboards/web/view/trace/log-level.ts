/** OTLP severity numbers as a word; four numbers make one level. */
export function logLevel(severity: number, text: string): { word: string; kind: 'error' | 'warn' | 'quiet' } {
  const level = Math.ceil(severity / 4) - 1;
  const word =
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][level] ?? (text === '' ? 'log' : text.toLowerCase());
  return { word, kind: severity >= 17 ? 'error' : severity >= 13 ? 'warn' : 'quiet' };
}
