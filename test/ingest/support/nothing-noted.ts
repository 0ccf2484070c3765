import type { ReceivedNotes } from '../../../ingest/received.js';

export const nothingNoted: ReceivedNotes = {
  limits: null,
  sampling: null,
  redactions: null,
  service: '',
  sdk: '',
  malformedTraceStates: 0,
  invocationsOnly: 0,
};
