import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { addressGuard } from '../../../alerting/outgoing/address-guard.js';
import { mailSender } from '../../../alerting/outgoing/send-mail.js';
import { mailMessage } from '../../../alerting/receivers/mail-message.js';
import { firing, resolved } from '../receivers/sample-notice.js';

type Given = { refuse?: number };

/** A real mail server on loopback; what it was handed, and as whom. */
async function mailServer({ refuse }: Given = {}) {
  const mails: string[] = [];
  const users: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      users.push(`${username} ${password}`);
      done(null, { user: username });
    },
    onRcptTo: (_address, _session, done) => {
      if (refuse === undefined) return done();
      return done(Object.assign(new Error('not now'), { responseCode: refuse }));
    },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return { mails, users, port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

const addresses = { from: 'coldburn@example.com', to: ['ann@example.com', 'bob@example.com'] };
const sender = mailSender({
  isAllowed: addressGuard(['127.0.0.1']),
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  timeoutMs: 5000,
});

test('a mail arrives with its text, its page and its thread, and the password is used', async () => {
  const { mails, users, port, close } = await mailServer();
  try {
    const server = { host: 'mail.example', port, tls: 'none', user: 'coldburn', password: 'hush' } as const;
    assert.equal((await sender(server, mailMessage(firing, addresses))).kind, 'delivered');
    assert.equal((await sender(server, mailMessage(resolved, addresses))).kind, 'delivered');
    const [first = '', last = ''] = mails;
    assert.match(first, /^To: ann@example.com, bob@example.com/m);
    assert.match(first, /Message-ID: <t0123456789abcdef01234567-1@coldburn>/);
    assert.match(first, /Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
    assert.match(last, /In-Reply-To: <t0123456789abcdef01234567-1@coldburn>/);
    assert.match(last, /Subject: Resolved: Checkout answers/);
    assert.deepEqual(users, ['coldburn hush', 'coldburn hush']);
  } finally {
    await close();
  }
});

for (const { refuse, isLasting } of [
  { refuse: 450, isLasting: false },
  { refuse: 550, isLasting: true },
])
  test(`a mail server that answers ${refuse} ${isLasting ? 'refuses' : 'is asked again'}`, async () => {
    const { port, close } = await mailServer({ refuse });
    try {
      const server = { host: 'mail.example', port, tls: 'none', user: null, password: null } as const;
      const outcome = await sender(server, mailMessage(firing, addresses));
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.isLasting, isLasting);
      assert.match(outcome.says, /not now/);
    } finally {
      await close();
    }
  });

test('a server without encryption is refused where it is asked for, and one that is not public always', async () => {
  const { mails, port, close } = await mailServer();
  try {
    const server = { host: 'mail.example', port, tls: 'starttls', user: null, password: null } as const;
    assert.equal((await sender(server, mailMessage(firing, addresses))).kind, 'failed');
    const guarded = mailSender({
      isAllowed: addressGuard([]),
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      timeoutMs: 1000,
    });
    await assert.rejects(guarded(server, mailMessage(firing, addresses)), /not public/);
    assert.deepEqual(mails, []);
  } finally {
    await close();
  }
});
