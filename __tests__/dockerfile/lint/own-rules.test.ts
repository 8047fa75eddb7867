import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const lines = (text: string, id: string): readonly number[] =>
  lint(parseDockerfile(text, 'Dockerfile'))
    .filter(({ rule, aliases }) => rule === id || aliases.includes(id))
    .map(({ at }) => at.start.line);
const BASE = 'FROM debian:12\n';

describe('rules of our own', () => {
  test.each([
    [
      'distroless of its own user',
      'FROM mcr.microsoft.com/dotnet/runtime:8.0-azurelinux3.0-distroless\nCMD x\n',
      [],
    ],
    ['Google’s distroless is root by itself', 'FROM gcr.io/distroless/static:latest\nCMD x\n', [1]],
    ['and is not by this tag', 'FROM gcr.io/distroless/static:nonroot\nCMD x\n', []],
  ])('TSIB1001: %s', (_, text, expected) => {
    expect(lines(text, 'TSIB1001')).toEqual(expected);
  });

  test.each([
    ['a service manager', 'CMD service nginx start', [2]],
    ['the background', 'CMD nginx &', [2]],
    ['the background and something in front', 'CMD helper & server', []],
    ['the background and idling', 'CMD server & tail -f /dev/null', [2]],
    ['sshd', 'CMD ["/usr/sbin/sshd"]', [2]],
    ['sshd in front', 'CMD ["/usr/sbin/sshd", "-D"]', []],
    ['apachectl', 'CMD apachectl start', [2]],
    ['apachectl in front', 'CMD ["apachectl", "-D", "FOREGROUND"]', []],
    ['a daemon by flag', 'ENTRYPOINT ["redis-server", "--daemonize", "yes"]', [2]],
    ['none by flag', 'ENTRYPOINT ["redis-server", "--daemonize", "no"]', []],
  ])('TSIB1008: %s', (_, text, expected) => {
    expect(lines(`${BASE}${text}\n`, 'TSIB1008')).toEqual(expected);
  });

  test.each([
    ['what an earlier RUN fetched', 'RUN wget -O /tmp/x.tgz https://a/x.tgz\nRUN rm /tmp/x.tgz', [3]],
    ['what COPY brought', 'COPY setup.sh /setup.sh\nRUN sh /setup.sh\nRUN rm -f /setup.sh', [4]],
    ['packages', 'RUN apk add gcc\nCOPY a /a\nRUN apk del gcc', [4]],
    ['what the base image had', 'RUN make\nRUN rm /etc/nginx/default.conf', []],
    ['in the same RUN', 'RUN touch /tmp/x.tgz && rm /tmp/x.tgz', []],
    ['beside other work', 'RUN touch /tmp/x.tgz\nRUN rm /tmp/x.tgz && make', []],
    ['as the first of a stage', 'RUN rm /tmp/x.tgz', []],
  ])('TSIB1019: %s', (_, text, expected) => {
    expect(lines(`${BASE}${text}\n`, 'TSIB1019')).toEqual(expected);
  });

  test.each([
    ['commands that can fail', 'RUN <<A\nmake\nmake install\nA', [3]],
    ['talk', 'RUN <<A\necho a\nexport B=c\nmake\nA', []],
    ['talk into a file', 'RUN <<A\necho a > /b\nmake\nA', [3]],
  ])('TSIB1018: %s', (_, text, expected) => {
    expect(lines(`${BASE}${text}\n`, 'TSIB1018')).toEqual(expected);
  });

  test.each([
    ['TSIB1022', 'COPY /opt/x /y', [2]],
    ['TSIB1022', 'COPY --from=a /opt/x /y', []],
    ['TSIB1022', 'COPY /app /y', []],
    ['TSIB1023', 'CMD su www -c server', [2]],
    ['TSIB1023', 'CMD ["gosu", "www", "server"]', []],
    ['TSIB1023', 'RUN su www -c make', []],
    ['TSIB1024', 'RUN echo “hello” > /x', [2]],
    ['TSIB1024', 'RUN echo "“hello”" don’t', []],
    ['TSIB1024', 'ENTRYPOINT [“a”]', [2]],
    ['TSIB1024', 'ENV A=“b”', [2]],
    ['TSIB1024', 'LABEL a="“b”"', []],
  ])('%s: %s', (id, text, expected) => {
    expect(lines(`${BASE}${text}\n`, id)).toEqual(expected);
  });

  test('a password in a URL and other forms are found in long lines, in no time', () => {
    expect(lines(`${BASE}RUN git clone https://me:secret123@example.com/x\n`, 'TSIB1005')).toEqual([2]);
    expect(lines(`${BASE}RUN x ${'eyJ-'.repeat(50_000)}\n`, 'TSIB1005')).toEqual([]);
  });
});
