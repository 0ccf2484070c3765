import { useCallback, useMemo, useState } from 'preact/hooks';
import { Trace } from '../../schemas/trace.js';
import { useAnswer } from './browser/use-answer.js';
import { Shell } from './frame/shell.js';
import { FailedPanel } from './panels/failed-panel.js';
import { SignIn } from './panels/sign-in.js';
import { TraceSkeleton } from './panels/trace/trace-skeleton.js';
import { TracePage } from './trace-page.js';
import './styles/function.css';
import './styles/trace.css';

/** The frame around one trace. The selected span stands in the URL. */
export function TraceApp() {
  const traceId = useMemo(() => location.pathname.slice('/traces/'.length), []);
  const { held, refresh } = useAnswer(`/api/v1/traces/${traceId}`, Trace);
  const [selected, setSelected] = useState(() => new URLSearchParams(location.search).get('span'));
  const select = useCallback((spanId: string | null) => {
    const search = spanId === null ? '' : `?${new URLSearchParams({ span: spanId })}`;
    history.replaceState(null, '', location.pathname + search);
    setSelected(spanId);
  }, []);
  return (
    <Shell page={null} skipTo="the trace">
      {body()}
    </Shell>
  );

  function body() {
    switch (held.kind) {
      case 'signed-out':
        return <SignIn />;
      case 'loading':
        return <TraceSkeleton />;
      case 'failed':
        return <FailedPanel title="This trace cannot be shown" failure={held.failure} retry={refresh} />;
      case 'held':
        return <TracePage trace={held.data} selected={selected} select={select} />;
    }
  }
}
