import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { FunctionsApp } from './functions-app.js';
import { IngestApp } from './ingest-app.js';

type Load = () => Promise<ComponentType>;

const later: Readonly<Record<string, Load>> = {
  '/functions': async () => (await import('./function-app.js')).FunctionApp,
  '/slos': async () =>
    location.pathname === '/slos'
      ? (await import('./slos-app.js')).SlosApp
      : (await import('./slo-app.js')).SloApp,
  '/oncall': async () => (await import('./oncall-app.js')).OnCallApp,
  '/incidents': async () =>
    location.pathname === '/incidents'
      ? (await import('./incidents-app.js')).IncidentsApp
      : (await import('./incident-app.js')).IncidentApp,
  '/inbox': async () => (await import('./inbox-app.js')).InboxApp,
  '/demo': async () => (await import('./demo-app.js')).DemoApp,
  '/executive': async () => (await import('./executive-app.js')).ExecutiveApp,
  '/cost': async () => (await import('./cost-app.js')).CostApp,
  '/map': async () => (await import('./map-app.js')).MapApp,
  '/settings': async () => (await import('./settings-app.js')).SettingsApp,
  '/traces': async () => (await import('./trace-app.js')).TraceApp,
};

/** The page is named by the path; links between pages load anew, so that each asks only for what it shows. */
export function App() {
  const [, first = ''] = location.pathname.split('/');
  const load = later[`/${first}`];
  if (load !== undefined) return <Later load={load} />;
  return first === 'ingest' ? <IngestApp /> : <FunctionsApp />;
}

/** A page that the first view does without, so its code comes when it is asked for. */
function Later({ load }: { load: Load }) {
  const [Page, setPage] = useState<ComponentType | null>(null);
  useEffect(() => {
    load().then(
      (loaded) => setPage(() => loaded),
      // The hashed file is gone after an update; a reload brings the new one, and stays if that does not help.
      () => setPage(() => LoadFailed),
    );
  }, [load]);
  return Page === null ? null : <Page />;
}

function LoadFailed() {
  return (
    <main id="main">
      <section className="panel state" role="alert">
        <h1>This page could not be loaded</h1>
        <p>Coldburn was probably updated or is not reachable. Load it again.</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          Load again
        </button>
      </section>
    </main>
  );
}
