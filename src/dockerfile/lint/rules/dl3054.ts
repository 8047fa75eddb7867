import { labelTypeRule } from '../labels.ts';
import { SPDX_LICENSES } from '../tools/spdx-licenses.ts';

export const dl3054 = labelTypeRule(
  { id: 'DL3054', severity: 'warning', title: 'Labels of type spdx hold a licence id' },
  'spdx',
  (value) => SPDX_LICENSES.has(value),
  'an SPDX licence identifier',
);
