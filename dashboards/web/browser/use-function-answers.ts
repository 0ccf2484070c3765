import { useCallback, useMemo, useRef } from 'preact/hooks';
import { DependencyList } from '../../../schemas/dependencies.js';
import { DeploymentList } from '../../../schemas/deployment.js';
import { ErrorList } from '../../../schemas/errors.js';
import { FunctionList } from '../../../schemas/functions.js';
import { Heatmap, LatencySummary } from '../../../schemas/latency.js';
import { QueueList } from '../../../schemas/queues.js';
import { SliAnswer } from '../../../schemas/sli.js';
import type { DebugState } from '../view/debug/debug-state.js';
import { debugUrls } from '../view/debug/debug-urls.js';
import { useAnswer } from './use-answer.js';

/** Everything the page of one function asks, apart from its list. */
export function useFunctionAnswers(name: string, state: DebugState) {
  const urls = useMemo(() => debugUrls(name, state), [name, state]);
  const answers = {
    success: useAnswer(urls.success, SliAnswer),
    latency: useAnswer(urls.latency, LatencySummary),
    heatmap: useAnswer(urls.heatmap, Heatmap),
    coldStart: useAnswer(urls.coldStart, SliAnswer),
    timeout: useAnswer(urls.timeout, SliAnswer),
    throttle: useAnswer(urls.throttle, SliAnswer),
    retry: useAnswer(urls.retry, SliAnswer),
    duplicate: useAnswer(urls.duplicate, SliAnswer),
    errors: useAnswer(urls.errors, ErrorList),
    dependencies: useAnswer(urls.dependencies, DependencyList),
    versions: useAnswer(urls.versions, SliAnswer),
    versionsCold: useAnswer(urls.versionsCold, SliAnswer),
    memory: useAnswer(urls.memory, SliAnswer),
    deployments: useAnswer(urls.deployments, DeploymentList),
    queues: useAnswer(urls.queues, QueueList),
    functions: useAnswer(urls.functions, FunctionList),
  };
  const refreshes = useRef<(() => void)[]>([]);
  refreshes.current = Object.values(answers).map(({ refresh }) => refresh);
  const refreshAll = useCallback(() => {
    for (const refresh of refreshes.current) refresh();
  }, []);
  return { answers, refreshAll };
}

export type FunctionAnswers = ReturnType<typeof useFunctionAnswers>['answers'];
