const sessionCookieName = 'coldburn_session';

type CookieOptions = { maxAgeSeconds: number; isSecure: boolean };

/** Scripts cannot read it, and no other site's page can make a browser send it. */
export function setSessionCookie(token: string, { maxAgeSeconds, isSecure }: CookieOptions): string {
  const secure = isSecure ? '; Secure' : '';
  return `${sessionCookieName}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** The session token in a Cookie header, null when there is none. */
export function readSessionCookie(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, ...value] = pair.split('=');
    if (name?.trim() === sessionCookieName) return value.join('=').trim();
  }
  return null;
}
