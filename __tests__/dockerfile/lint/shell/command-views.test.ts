// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text
import { describe, expect, test } from '@jest/globals';
import { flagsOf, hasFlag, plainArgs } from '../../../../src/dockerfile/lint/shell/command-view.ts';
import { commandViews } from '../../../../src/dockerfile/lint/shell/command-views.ts';
import { parseShell } from '../../../../src/dockerfile/lint/shell/parse-shell.ts';

const views = (text: string) => commandViews(parseShell(text).script, text);
const names = (text: string) => views(text).map(({ name }) => name);

describe('commandViews', () => {
  test('quotes are removed, expansions have one spelling', () => {
    const [view] = views('run "a b" \'c\' d\\ e $f ${g} "$(h)" ${i:-j} > out');
    expect(view?.args.map(({ value }) => value)).toEqual(
      ['a b', 'c', 'd e', '${f}', '${g}', '${..}', '${i:-j}'].map(String),
    );
  });

  test('builtins that leave a command the same are looked through', () => {
    expect(names('exec a b; command c; X=1 d; time e')).toEqual(['a', 'c', 'd', 'e']);
  });

  test('a wrapper and what it runs are both seen', () => {
    expect(names('sudo -u app X=1 apt-get install -y x')).toEqual(['sudo', 'apt-get']);
    expect(names('env -i A=b nohup nice -n 5 make')).toEqual(['env', 'nohup', 'nice', 'make']);
    expect(names('timeout -k 5 10 curl x')).toEqual(['timeout', 'curl']);
    expect(names('ls | xargs -n 1 apt-get install')).toEqual(['ls', 'xargs', 'apt-get']);
    expect(names('/usr/bin/apt-get update')).toEqual(['/usr/bin/apt-get', 'apt-get']);
    expect(names('gosu app make')).toEqual(['gosu', 'make']);
  });

  test('the script of sh -c is read where it stands', () => {
    const text = "bash -euxc 'cd /a && sudo make' arg";
    const found = views(text);
    expect(found.map(({ name }) => name)).toEqual(['bash', 'cd', 'sudo', 'make']);
    expect(found.map(({ start, end }) => text.slice(start, end)).slice(1)).toEqual([
      'cd /a',
      'sudo make',
      'make',
    ]);
    expect(found[3]?.through).toEqual(['bash -c', 'sudo']);
  });

  test('a script with escapes has the place of its word', () => {
    const text = 'sh -c "echo \\"a\\" && make"';
    const found = views(text);
    expect(found.map(({ name }) => name)).toEqual(['sh', 'echo', 'make']);
    expect(text.slice(found[2]?.start, found[2]?.end)).toBe('"echo \\"a\\" && make"');
  });
});

describe('flags and plain arguments', () => {
  const [view] = views('tool -abc --name=v --other - -- -o=x plain -t value --target=x last');

  test('short ones are letters, long ones end at =', () => {
    expect(view && flagsOf(view)).toEqual(['a', 'b', 'c', 'name', 'other', 'o', '=', 'x', 't', 'target']);
    expect(view && hasFlag(view, 'nv', 'other')).toBe(true);
  });

  test('values of flags are no plain arguments', () => {
    expect(view && plainArgs(view, ['t', 'target']).map(({ value }) => value)).toEqual(['plain', 'last']);
  });
});
