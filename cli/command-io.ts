/** A command's whole outside world for text: results on `out`, complaints on `err`, one line each without its newline. */
export type CommandIo = {
  out: (line: string) => void;
  err: (line: string) => void;
  /** True when a person reads `out` on a terminal. */
  isTty: boolean;
  /** Reads a text file; rejects with a StartupError whose sentence names the path and the reason. */
  read: (path: string) => Promise<string>;
};
