import { describe, expect, test } from '@jest/globals';
import { mountSource, parseMount, secretPlace } from '../../src/plan/run-mount.ts';

const read = (text: string) => parseMount(text, (value) => value.replace('$V', 'value'));

describe('parseMount', () => {
  test('defaults by type', () => {
    expect(read('target=/x')).toMatchObject({ type: 'bind', readonly: true, target: '/x', source: '' });
    expect(read('type=CACHE,TARGET=/x')).toMatchObject({ type: 'cache', readonly: false });
    expect(read('type=tmpfs,dst=/x')).toMatchObject({ type: 'tmpfs', readonly: false });
    expect(read('type=secret,id=a')).toMatchObject({ type: 'secret', readonly: true, required: false });
    expect(read('type=bind,rw,target=/x').readonly).toBe(false);
    expect(read('readonly=false,target=/x').readonly).toBe(false);
    expect(read('type=cache,ro=true,target=/x').readonly).toBe(true);
    expect(read('type=cache,readwrite=0,target=/x').readonly).toBe(true);
  });

  test('reads all keys, expanding values', () => {
    expect(
      read('type=cache,from=s,src=/$V,destination=/t,id=i,sharing=Locked,mode=0750,uid=5,gid=4294967295'),
    ).toEqual({
      type: 'cache',
      from: 's',
      source: '/value',
      target: '/t',
      readonly: false,
      id: 'i',
      sharing: 'locked',
      required: false,
      mode: 0o750,
      uid: 5,
      gid: 4294967295,
    });
    expect(read('type=secret,id=a,required,env=A')).toMatchObject({ required: true, env: 'A' });
    expect(read('"target=/a,b"').target).toBe('/a,b');
  });

  test.each([
    ['1024', 1024],
    ['1.5g', 1.5 * 1024 ** 3],
    ['64MiB', 64 * 1024 ** 2],
    ['2kb', 2048],
    ['10 b', 10],
  ])('size %s', (text, bytes) => {
    expect(read(`type=tmpfs,size=${text}`).size).toBe(bytes);
  });

  test.each([
    ['target=/x,type', 'a word that needs a value'],
    ['type=disk', 'an unknown type'],
    ['type=bind,uid=1', 'an owner on a bind'],
    ['type=tmpfs,mode=1', 'a mode on tmpfs'],
    ['size=1,type=tmpfs', 'a size before the type'],
    ['type=tmpfs,size=big', 'a size that is none'],
    ['type=tmpfs,size=10bb', 'a unit that is none'],
    ['required,type=secret,id=a', 'required before the type'],
    ['type=bind,sharing=shared', 'sharing of a bind'],
    ['type=cache,sharing=none', 'an unknown sharing'],
    ['type=cache,mode=9', 'a mode that is not octal'],
    ['type=cache,uid=-1', 'a negative user'],
    ['type=cache,gid=4294967296', 'a group beyond 32 bits'],
    ['type=secret', 'a secret without a name'],
    ['type=secret,id=a,source=b', 'two names of a secret'],
    ['type=secret,id=a,from=b', 'a secret from a stage'],
    ['type=secret,id=a,sharing=shared', 'a shared secret'],
    ['type=secret,id=a,required=maybe', 'a flag that is neither'],
    ['targt=/x', 'a misspelt key'],
  ])('%s is refused: %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'BAD_MOUNT' }));
  });

  test('tells the key that was meant', () => {
    expect(() => read('targt=/x')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('target') }),
    );
  });

  test.each(['', 'a"b', '"a', '"a"b'])('broken CSV: %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'BAD_CSV' }));
  });
});

describe('mountSource', () => {
  test('is read without expansion, and may not need any', () => {
    expect(mountSource('type=$T,from=stage,target=/x')).toBe('stage');
    expect(mountSource('target=/x')).toBe('');
    expect(() => mountSource('from=$S')).toThrow(expect.objectContaining({ code: 'BAD_MOUNT' }));
  });
});

describe('secretPlace', () => {
  test.each([
    ['type=secret,id=dir/a', { id: 'dir/a', target: '/run/secrets/a' }],
    ['type=secret,source=a', { id: 'a', target: '/run/secrets/a' }],
    ['type=secret,target=/k/a', { id: 'a', target: '/k/a' }],
    ['type=secret,id=a,env=A', { id: 'a' }],
    ['type=secret,id=a,env=A,target=/k', { id: 'a', target: '/k' }],
  ])('%s', (text, place) => {
    expect(secretPlace(read(text))).toEqual(place);
  });
});
