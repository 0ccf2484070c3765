import type { ServerResponse } from 'node:http';

// As ClickHouse's exceptionCodeToHTTPStatus: https://github.com/ClickHouse/ClickHouse/blob/master/src/Server/HTTP/exceptionCodeToHTTPStatus.cpp
const statusByCode: ReadonlyMap<string, number> = new Map([
  ['516', 403],
  ['193', 403],
  ['60', 404],
  ['81', 404],
  ['47', 400],
  ['62', 400],
  ['456', 400],
  ['457', 400],
  ['159', 408],
  ['202', 429],
]);

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Answers an exception as ClickHouse does, if the answer has not begun; else it can only break it off. */
export function refuse(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) return void response.destroy();
  const message = messageOf(thrown);
  const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002';
  response.statusCode = statusByCode.get(code) ?? 500;
  response.setHeader('X-ClickHouse-Exception-Code', code);
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
  response.end(`${message} (version 26.7.1.1 (official build))\n`);
}

/** The tail that tells of an exception after rows were sent, since 25.11: marker, tag, message, its length, and back. */
export function exceptionTail(message: string, tag: string): string {
  const body = `${message}\n`;
  return `\r\n__exception__\r\n${tag}\r\n${body}${Buffer.byteLength(body)} ${tag}\r\n__exception__\r\n`;
}
