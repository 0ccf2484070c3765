import { clearTimeout, setTimeout } from 'node:timers';
import { logVerbosity, type Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { hostText, listenError } from '../../http/listen.js';

export type GrpcAddress = { host: string; port: number; settingName: string };

export type GrpcListening = {
  port: number;
  url: string;
  /** Stops accepting, lets calls in flight finish, and cuts what is still open after the deadline. */
  close(deadlineMs: number): Promise<void>;
};

/** Opens the port, or says in one sentence why it cannot and which setting to change. */
export async function listenGrpc(
  server: Server,
  { host, port, settingName }: GrpcAddress,
): Promise<GrpcListening> {
  // The library would write the failure to the terminal, next to our sentence.
  setLogVerbosity(logVerbosity.NONE);
  const place = `${hostText(host)}:${port}`;
  const boundPort = await new Promise<number>((resolve, reject) => {
    server.bindAsync(place, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(listenError(withCode(error), place, settingName) ?? error);
    });
  });
  return {
    port: boundPort,
    url: `http://${hostText(host)}:${boundPort}`,
    close: (deadlineMs) => close(server, deadlineMs),
  };
}

function close(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, deadlineMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The library folds the system's error into a sentence; the code in it is what we go by. */
function withCode(error: Error): Error {
  const known = /\b(EADDRINUSE|EACCES|EADDRNOTAVAIL|EAI_AGAIN|ENOTFOUND)\b/.exec(error.message)?.[1];
  const code = known ?? (error.message.includes('Name resolution failed') ? 'ENOTFOUND' : undefined);
  return Object.assign(error, { code });
}
