import type { z } from 'zod';
import type { SloList } from '../../../../schemas/slo/slo-answer.js';
import { sloHref } from '../../view/slo/slo-words.js';
import { SloProblems } from '../slo/slo-problems.js';

const mostShown = 30;

/** Objectives by where they come from; files that cannot be read are told first. */
export function SloFileList({ list: { slos, problems } }: { list: z.infer<typeof SloList> }) {
  return (
    <>
      <SloProblems problems={problems} />
      <table className="debug-table">
        <caption className="unseen">Objectives and their source</caption>
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col">Source</th>
            <th scope="col" className="number">
              Version
            </th>
          </tr>
        </thead>
        <tbody>
          {slos.slice(0, mostShown).map(({ id, source, author, version }) => (
            <tr key={id}>
              <th scope="row">
                <a href={sloHref(id, '')}>
                  <bdi>{id}</bdi>
                </a>
              </th>
              <td title={author}>
                {source === 'file' ? '' : 'API, '}
                <bdi>{author}</bdi>
              </td>
              <td className="number">{version}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {slos.length > mostShown && (
        <p className="aside debug-foot">
          {mostShown} of {slos.length}; all are on the page of <a href="/slos">SLOs</a>.
        </p>
      )}
    </>
  );
}
