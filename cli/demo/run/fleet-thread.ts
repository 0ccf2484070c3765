import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { askFor, carryOut } from './carry-out.js';
import { FleetCommand, type FleetMessage, FleetOrder } from './fleet-order.js';
import { FleetReport } from './fleet-report.js';
import { IncidentBook } from './incident-book.js';

const tellEveryMs = 1_000;

/** The whole life of the fleet's thread: takes orders from the port, tells its figures, ends when told to. */
async function liveInThread(port: MessagePort, given: unknown): Promise<void> {
  const stop = new AbortController();
  const book = new IncidentBook();
  const report = new FleetReport();
  const tell = (message: FleetMessage) => port.postMessage(message);
  const tellFigures = () => tell({ kind: 'figures', figures: report.figures });
  port.on('message', (message: unknown) => {
    const command = FleetCommand.parse(message);
    if (command.kind === 'stop') stop.abort();
    else askFor(book, command.name, command.startMinute);
  });
  const telling = setInterval(tellFigures, tellEveryMs);
  try {
    await carryOut(FleetOrder.parse(given), { book, report, signal: stop.signal });
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
  clearInterval(telling);
  tellFigures();
  port.close();
}

// The entry of a thread, as main.ts is that of the process: null when somebody merely imports it.
if (parentPort !== null) void liveInThread(parentPort, workerData);
