import type { ComponentChildren } from 'preact';
import type { FunctionList } from '../../../schemas/functions.js';
import type { Held } from '../browser/use-answer.js';
import { useKept } from '../browser/use-kept.js';
import { usePolling } from '../browser/use-polling.js';
import type { ChangeView } from '../browser/use-view-state.js';
import { SignIn } from '../panels/sign-in.js';
import type { PageId } from '../view/pages.js';
import type { ViewState } from '../view/view-state.js';
import { Shell } from './shell.js';
import { ViewControls } from './view-controls.js';

type Answered<Data> = { held: Held<Data>; refresh: () => void };

export type ViewShellProps = {
  page: PageId;
  skipTo: string;
  view: ViewState;
  changeView: ChangeView;
  /** Everything the page asked; asked again every so often. `functions` also says which environments and teams there are. */
  answers: Record<string, Answered<unknown>> & { functions: Answered<FunctionList> };
  askEveryMs: number;
  children: (refreshAll: () => void) => ComponentChildren;
};

/** The frame of a page that asks several things about one time and place, again every so often. */
export function ViewShell(props: ViewShellProps) {
  const { page, skipTo, view, changeView, answers, askEveryMs, children } = props;
  const refreshAll = () => {
    for (const one of Object.values(answers)) one.refresh();
  };
  usePolling(askEveryMs, refreshAll);
  const { held } = answers.functions;
  const facets = useKept(held);
  const signedOut = held.kind === 'signed-out';
  return (
    <Shell
      page={page}
      skipTo={skipTo}
      controls={
        signedOut ? null : (
          <ViewControls
            url={view}
            changeUrl={changeView}
            facets={facets.kind === 'held' ? facets.data : null}
            live={null}
          />
        )
      }
    >
      {signedOut ? <SignIn /> : children(refreshAll)}
    </Shell>
  );
}
