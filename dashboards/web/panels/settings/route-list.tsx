import type { RoutingAnswer } from '../../../../schemas/alerting/routing-answer.js';
import { matchText } from '../../view/incidents/silence-words.js';

/** The tree of routes, as deep as each stands; the first that matches decides. */
export function RouteRows({ routing: { to, routes } }: { routing: RoutingAnswer }) {
  return (
    <ol className="route-rows">
      {routes.map((route, index) => {
        const match = matchText(route.match);
        const more = [
          route.escalation === null ? '' : `then ${route.escalation}`,
          route.muteTimes.length === 0 ? '' : `not at ${route.muteTimes.join(', ')}`,
          route.goOn ? 'and goes on' : '',
        ].filter((part) => part !== '');
        return (
          // Routes have no names; their place is what they are.
          <li key={index} data-depth={Math.min(4, route.depth)}>
            <span className="route-match">
              <bdi>{match === '' ? 'everything' : match}</bdi>
            </span>
            <span className="route-to">
              <bdi>{route.to === null ? 'as above' : route.to.join(', ')}</bdi>
              {more.length > 0 && (
                <span className="aside">
                  {' '}
                  <bdi>{more.join('; ')}</bdi>
                </span>
              )}
            </span>
          </li>
        );
      })}
      <li data-depth={0}>
        <span className="route-match aside">{routes.length === 0 ? 'everything' : 'everything else'}</span>
        <span className="route-to">
          <bdi>{to.join(', ')}</bdi>
        </span>
      </li>
    </ol>
  );
}
