import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept-alive connection that posts and reads answers with as little work as it takes, because generator and server
 * share the machine and node:http would take as much of it as the server.
 */
export class KeepAlivePost {
  readonly #socket: Socket;
  readonly #port: number;
  #answered: ((status: number) => void) | null = null;
  #failed: ((error: Error) => void) | null = null;
  #received: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('The server closed the connection')));
  }

  static open(port: number): Promise<KeepAlivePost> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => resolve(new KeepAlivePost(socket, port)));
      socket.once('error', reject);
    });
  }

  /** Answers the status. */
  post(path: string, headers: string, body: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${this.#port}\r\nuser-agent: OTel-OTLP-Exporter-JavaScript/0.203.0\r\n${headers}content-length: ${body.length}\r\n\r\n`;
      this.#socket.cork();
      this.#socket.write(head, 'latin1');
      this.#socket.write(body);
      this.#socket.uncork();
    });
  }

  close(): void {
    this.#failed = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf(headEnd);
    if (end === -1) return;
    const head = this.#received.toString('latin1', 0, end);
    const bodyBytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + headEnd.length + bodyBytes) return;
    this.#received = Buffer.alloc(0);
    this.#answered?.(Number(head.slice(9, 12)));
  }
}
