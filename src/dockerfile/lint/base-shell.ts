import { type LintContext, type LintStage, rootOf } from './context.ts';
import { fromImage } from './from-image.ts';

/** Official images that come with bash, by the last part of their name. Their Alpine variants do not. */
const WITH_BASH: ReadonlySet<string> = new Set([
  'almalinux',
  'amazonlinux',
  'archlinux',
  'buildpack-deps',
  'centos',
  'debian',
  'eclipse-temurin',
  'fedora',
  'golang',
  'gradle',
  'httpd',
  'maven',
  'mariadb',
  'mysql',
  'nginx',
  'node',
  'openjdk',
  'perl',
  'php',
  'postgres',
  'python',
  'rockylinux',
  'ruby',
  'rust',
  'tomcat',
  'ubi8',
  'ubi9',
  'ubi10',
  'ubuntu',
]);

/** The shell with pipefail that the base image of a stage is known to have. */
export function pipefailShell(context: LintContext, stage: LintStage): string | undefined {
  const image = fromImage(context, rootOf(stage));
  if (image === undefined) return undefined;
  const name = image.name.split('/').at(-1) ?? '';
  if (name === 'alpine' || /alpine/.test(image.tag ?? '')) return '/bin/ash';
  return WITH_BASH.has(name) && !/windows|nanoserver|distroless/.test(image.tag ?? '')
    ? '/bin/bash'
    : undefined;
}
