import type { LintRule } from '../rule.ts';
import { dl3063 } from './dl3063.ts';

export const reservedStageName: LintRule = { ...dl3063, id: 'ReservedStageName', twin: 'DL3063' };
