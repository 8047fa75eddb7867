import type { LintRule } from '../rule.ts';
import { dl3065 } from './dl3065.ts';

export const redundantTargetPlatform: LintRule = { ...dl3065, id: 'RedundantTargetPlatform', twin: 'DL3065' };
