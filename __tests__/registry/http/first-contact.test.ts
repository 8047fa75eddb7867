import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { Session } from '../../../src/registry/http/session.ts';
import { type HttpRequest, type Transport, unreachable } from '../../../src/registry/http/transport.ts';

/** Answers with a status or fails with a code, in turn; the last one stays. */
class ScriptedTransport implements Transport {
  readonly asked: string[] = [];
  readonly #turns: (number | string)[];

  constructor(...turns: readonly (number | string)[]) {
    this.#turns = [...turns];
  }

  async send({ url }: HttpRequest) {
    this.asked.push(`${url.protocol}${url.pathname}`);
    const turn = this.#turns.length > 1 ? this.#turns.shift() : this.#turns[0];
    if (typeof turn === 'string')
      throw unreachable(url, Object.assign(new TypeError(`connect ${turn}`), { code: turn }));
    const body = new IncomingMessage(new Socket());
    body.push(null);
    return { status: turn ?? 0, headers: {}, url, body };
  }

  close(): void {}
}

async function ask(
  host: string,
  transport: Transport,
  insecureHosts: readonly string[] = [],
): Promise<unknown> {
  const options = { credentials: { find: async () => undefined }, retry: { firstDelay: 1 }, insecureHosts };
  const request = { method: 'GET', target: 'manifests/1', subject: 'manifest 1', access: 'pull' } as const;
  const repository = { host, path: 'a' };
  return await new Session(host, transport, options)
    .request({ ...request, repository, accept: [200] })
    .catch((error: unknown) => error);
}

describe('a registry that', () => {
  test('refuses connections is tried once more, and the error tells so', async () => {
    const transport = new ScriptedTransport('ECONNREFUSED');
    expect(await ask('registry.test', transport)).toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: 'registry.test cannot be reached: connect ECONNREFUSED (tried twice)',
      hint: expect.stringContaining('whether the registry runs'),
      temporary: false,
    });
    expect(transport.asked).toEqual(['https:/v2/', 'https:/v2/a/manifests/1', 'https:/v2/']);
  });

  test('may speak plain HTTP is tried with that too', async () => {
    const transport = new ScriptedTransport('ECONNREFUSED');
    expect(await ask('registry.test', transport, ['registry.test'])).toMatchObject({
      message: expect.stringContaining('(tried twice, with TLS and with plain HTTP)'),
    });
    expect(transport.asked).toEqual(['https:/v2/', 'http:/v2/', 'https:/v2/', 'http:/v2/']);
  });

  test('is on this machine is tried with plain HTTP first, and with TLS where that is no answer', async () => {
    for (const turn of ['ECONNRESET', 400, 426]) {
      const transport = new ScriptedTransport(turn, turn, 200);
      expect(await ask('127.0.0.1:9', transport)).toMatchObject({ status: 200 });
      expect(transport.asked).toEqual([
        'http:/v2/',
        'http:/v2/a/manifests/1',
        'https:/v2/',
        'https:/v2/a/manifests/1',
      ]);
    }
  });

  test.each([200, 401, 404])(
    'is on this machine and answers %d to plain HTTP is not asked with TLS',
    async (status) => {
      const transport = new ScriptedTransport(status, 200);
      expect(await ask('localhost:9', transport)).toMatchObject({ status: 200 });
      expect(transport.asked).toEqual(['http:/v2/', 'http:/v2/a/manifests/1']);
    },
  );

  test('is on this machine and refuses connections is not tried with two protocols', async () => {
    const transport = new ScriptedTransport('ECONNREFUSED');
    expect(await ask('[::1]:9', transport)).toMatchObject({
      message: expect.stringMatching(/ECONNREFUSED \(tried twice\)$/),
    });
    expect(transport.asked).toEqual(['http:/v2/', 'http:/v2/a/manifests/1', 'http:/v2/']);
  });

  test('has no address is asked once', async () => {
    const transport = new ScriptedTransport('ENOTFOUND');
    expect(await ask('registry.test', transport)).toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
    expect(transport.asked).toEqual(['https:/v2/', 'https:/v2/a/manifests/1']);
  });

  test('comes up in between answers', async () => {
    const transport = new ScriptedTransport('ECONNREFUSED', 200, 200);
    expect(await ask('registry.test', transport)).toMatchObject({ status: 200 });
  });

  test.each(['EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT'])('fails with %s gets all tries', async (code) => {
    const transport = new ScriptedTransport(code);
    expect(await ask('registry.test', transport)).toMatchObject({ temporary: true });
    expect(transport.asked.filter((asked) => asked === 'https:/v2/')).toHaveLength(5);
  });

  test('answered and then refuses is one that starts anew: it gets all tries', async () => {
    const transport = new ScriptedTransport(200, 'ECONNREFUSED');
    expect(await ask('registry.test', transport)).toMatchObject({ temporary: true });
    expect(transport.asked).toEqual(['https:/v2/', ...Array(5).fill('https:/v2/a/manifests/1')]);
  });
});

/** Hides what is there from strangers, and tells only who pings it how to sign in. */
class SecretiveTransport implements Transport {
  readonly asked: string[] = [];
  readonly #pinged = Promise.withResolvers<void>();

  async send({ url, headers }: HttpRequest) {
    const known = headers?.['authorization'] !== undefined;
    this.asked.push(`${url.pathname}${known ? ' known' : ''}`);
    const isPing = url.pathname === '/v2/';
    if (isPing) await this.#pinged.promise;
    const body = new IncomingMessage(new Socket());
    body.push(null);
    const status = isPing ? 401 : known ? 200 : 404;
    return { status, headers: isPing ? { 'www-authenticate': 'Basic realm="r"' } : {}, url, body };
  }

  letPing(): void {
    this.#pinged.resolve();
  }

  close(): void {}
}

describe('the first request', () => {
  const credential = { type: 'password', username: 'u', password: 'secret' } as const;
  const options = { credentials: { find: async () => ({ credential, origin: 'a test' }) } };
  const request = {
    method: 'GET',
    target: 'manifests/1',
    subject: 'manifest 1',
    access: 'pull',
    repository: { host: 'registry.test', path: 'a' },
  } as const;

  test('goes beside the ping; that strangers find nothing is no answer where one can sign in', async () => {
    const transport = new SecretiveTransport();
    const answer = new Session('registry.test', transport, options).request({
      ...request,
      accept: [200, 404],
    });
    await new Promise(setImmediate);
    expect(transport.asked).toEqual(['/v2/', '/v2/a/manifests/1']);
    transport.letPing();
    expect(await answer).toMatchObject({ status: 200 });
    expect(transport.asked.slice(2)).toEqual(['/v2/a/manifests/1 known']);
  });

  test('is answered before the ping where strangers may do it', async () => {
    const transport = new SecretiveTransport();
    const session = new Session('registry.test', transport, options);
    transport.send = async ({ url }) => {
      if (url.pathname === '/v2/') await new Promise(() => undefined);
      const body = new IncomingMessage(new Socket());
      body.push(null);
      return { status: 200, headers: {}, url, body };
    };
    expect(await session.request({ ...request, accept: [200] })).toMatchObject({ status: 200 });
  });

  test('with a body waits for the ping: content goes to nobody unknown', async () => {
    const transport = new SecretiveTransport();
    const session = new Session('registry.test', transport, options);
    const answer = session.request({ ...request, method: 'PUT', body: new Uint8Array(1), accept: [200] });
    await new Promise(setImmediate);
    expect(transport.asked).toEqual(['/v2/']);
    transport.letPing();
    expect(await answer).toMatchObject({ status: 200 });
  });
});
