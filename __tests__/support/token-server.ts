import { execFileSync } from 'node:child_process';
import { createPrivateKey, type KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface TokenServerOptions {
  readonly username: string;
  readonly password: string;
  /** Where key and certificate are kept. */
  readonly folder: string;
}

interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** A token endpoint whose tokens docker-registry believes: JWTs signed with ES256, the certificate in their header. */
export class TokenServer implements AsyncDisposable {
  static readonly service = 'registry.test';
  static readonly issuer = 'token-server';
  readonly certificate: string;
  readonly #key: KeyObject;
  readonly #options: TokenServerOptions;
  readonly #server: Server;

  private constructor(options: TokenServerOptions) {
    const key = join(options.folder, 'token-key.pem');
    this.certificate = join(options.folder, 'token-cert.pem');
    execFileSync(
      'openssl',
      // biome-ignore format: one option a word
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
        '-subj', '/CN=token.test', '-keyout', key, '-out', this.certificate],
      { stdio: 'ignore' },
    );
    this.#key = createPrivateKey(readFileSync(key));
    this.#options = options;
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://token.test');
      if (request.headers.authorization !== this.#expected()) {
        response.writeHead(401).end(JSON.stringify({ details: 'incorrect username or password' }));
        return;
      }
      response.end(JSON.stringify({ token: this.#token(url.searchParams.getAll('scope')), expires_in: 300 }));
    });
  }

  static async start(options: TokenServerOptions): Promise<TokenServer> {
    const server = new TokenServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get realm(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #expected(): string {
    const { username, password } = this.#options;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  #token(scopes: readonly string[]): string {
    const now = Math.floor(Date.now() / 1000);
    const der = new X509Certificate(readFileSync(this.certificate)).raw.toString('base64');
    const header = { typ: 'JWT', alg: 'ES256', x5c: [der] };
    const claims = {
      iss: TokenServer.issuer,
      sub: this.#options.username,
      aud: TokenServer.service,
      exp: now + 300,
      nbf: now - 10,
      iat: now,
      jti: randomUUID(),
      access: scopes.flatMap((text) => text.split(' ')).map(accessOf),
    };
    const text = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }
}

function accessOf(scope: string): Access {
  const [type = '', ...rest] = scope.split(':');
  const actions = (rest.pop() ?? '').split(',');
  return { type, name: rest.join(':'), actions };
}
