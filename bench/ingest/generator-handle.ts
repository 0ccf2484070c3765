import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Order, Report } from './generator.js';

const path = fileURLToPath(new URL('generator-process.js', import.meta.url));

/** The process that sends, so that what it costs is not counted as the server's. */
export class Generator {
  readonly #child: ChildProcess = fork(path);

  run(order: Order): Promise<Report> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`The generator ended with ${code}`));
      this.#child.once('exit', ended);
      this.#child.once('message', (message) => {
        this.#child.off('exit', ended);
        resolve(Report.parse(message));
      });
      this.#child.send(order);
    });
  }

  close(): void {
    this.#child.kill();
  }
}
