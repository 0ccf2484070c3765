import type { Notice } from '../../../../schemas/alerting/notice.js';
import { dateTime } from '../../view/clock-time.js';
import { incidentHref } from '../../view/incidents/incident-words.js';
import { noticeChip, noticeWords } from '../../view/incidents/notice-words.js';

const mostItems = 6;

/** Notices as whoever got them read them, latest first. */
export function NoticeRows({ notices }: { notices: readonly Notice[] }) {
  return (
    <ol className="notice-rows">
      {notices.map((notice) => {
        // One incident alone is what the whole notice is about.
        const only = notice.items.length === 1 && notice.more === 0 ? notice.items[0] : undefined;
        return (
          <li key={`${notice.id} ${notice.receiver}`} className="notice-row">
            <span className="status-chip" data-status={noticeChip(notice)}>
              {noticeWords[notice.kind]}
            </span>
            <article>
              <p className="notice-head">
                <strong>
                  {only === undefined ? (
                    <bdi>{notice.title}</bdi>
                  ) : (
                    <a className="name" href={incidentHref(only.incidentId)}>
                      <bdi>{notice.title}</bdi>
                    </a>
                  )}
                </strong>
                <span className="aside">
                  to <bdi>{notice.receiver}</bdi>,{' '}
                  <time dateTime={notice.at}>{dateTime(Date.parse(notice.at))}</time>
                </span>
              </p>
              {notice.text !== '' && (
                <p className="notice-text">
                  <bdi>{notice.text}</bdi>
                </p>
              )}
              {only === undefined && notice.items.length > 0 && (
                <ul className="notice-items">
                  {notice.items.slice(0, mostItems).map((item) => (
                    <li key={item.incidentId}>
                      <a href={incidentHref(item.incidentId)}>
                        <bdi>{item.title}</bdi>
                      </a>{' '}
                      <span className="aside">
                        <bdi>{item.summary}</bdi>
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {notice.items.length + notice.more > mostItems && (
                <p className="aside">And {notice.items.length - mostItems + notice.more} more.</p>
              )}
            </article>
          </li>
        );
      })}
    </ol>
  );
}
