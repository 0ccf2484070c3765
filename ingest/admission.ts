/** Whether data is taken right now; when not, the sentence and the wait the sender is told. */
export type Admission = { kind: 'open' } | { kind: 'closed'; reason: string; retryAfterSeconds: number };

/** What ingest tells the operator. A pino logger fits. */
export type IngestLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};
