import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { Session } from 'chdb';
import { createFaults } from './fault.js';
import { handleRequest } from './handle-request.js';
import { type FromEndpoint, ToEndpoint } from './messages.js';

/** The program: `endpoint.js <directory> <port> <password>`, controlled by the process that forked it. */
const [directory = '', port = '0', password = ''] = process.argv.slice(2);
const faults = createFaults();
// Kept open so that the engine stays up between requests, each of which has a session of its own.
const control = new Session(directory);
const tell = (message: FromEndpoint) => process.send?.(message);

const server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
  void handleRequest(request, response, { directory, password, faults, control });
});
server.listen(Number(port), '127.0.0.1', () => {
  const { port: chosen } = server.address() as AddressInfo;
  tell({ port: chosen });
});
process.on('message', (message) => {
  faults.add(ToEndpoint.parse(message).fault);
  tell({ planned: true });
});
// The test is gone: so are we.
process.on('disconnect', () => process.exit(0));
