import { FunctionsApp } from './functions-app.js';
import { IngestApp } from './ingest-app.js';

/** The page is named by the path; links between pages load anew, so that each asks only for what it shows. */
export function App() {
  return location.pathname === '/ingest' ? <IngestApp /> : <FunctionsApp />;
}
