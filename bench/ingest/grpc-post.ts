import { Buffer } from 'node:buffer';
import { type ClientHttp2Session, connect } from 'node:http2';

const prefixBytes = 5;

/** One HTTP/2 connection that makes unary calls with as little work as it takes. */
export class GrpcPost {
  readonly #session: ClientHttp2Session;

  private constructor(session: ClientHttp2Session) {
    this.#session = session;
    session.on('error', () => undefined);
  }

  static open(port: number): Promise<GrpcPost> {
    return new Promise((resolve, reject) => {
      const session = connect(`http://127.0.0.1:${port}`);
      session.once('connect', () => resolve(new GrpcPost(session)));
      session.once('error', reject);
    });
  }

  /** Answers 200 for OK, 500 for any other code. */
  post(path: string, _headers: string, body: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      const call = this.#session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        'user-agent': 'grpc-node-js/1.14.0',
        te: 'trailers',
      });
      let status = -1;
      const take = (fields: object): void => {
        const found: unknown = Reflect.get(fields, 'grpc-status');
        if (found !== undefined) status = Number(found);
      };
      call.on('response', take);
      call.on('trailers', take);
      call.on('error', reject);
      call.on('close', () => resolve(status === 0 ? 200 : 500));
      call.resume();
      const prefix = Buffer.alloc(prefixBytes);
      prefix.writeUInt32BE(body.length, 1);
      call.write(prefix);
      call.end(body);
    });
  }

  close(): void {
    this.#session.destroy();
  }
}
